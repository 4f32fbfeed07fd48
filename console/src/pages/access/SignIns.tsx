// Open sessions, and who logged in and out when and from where: one's own, and for the master those of all users of the contract.
import SpaceBetween from '@cloudscape-design/components/space-between';
import Header from '@cloudscape-design/components/header';
import SegmentedControl from '@cloudscape-design/components/segmented-control';
import Tabs from '@cloudscape-design/components/tabs';
import ContentLayout from '@cloudscape-design/components/content-layout';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useNavigate, useParams } from 'react-router';
import { useCrumbs } from '../../app/crumbs';
import { useMay } from '../../app/rights';
import { SessionTable } from './SessionTable';
import { SignInTable } from './SignInTable';

const TABS = ['sessions', 'history'] as const;

export default function SignIns() {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const may = useMay();
  const { tab = 'sessions' } = useParams();
  const [everyone, setEveryone] = useState(false);
  useCrumbs({ text: t('nav.signIns') });
  const content = {
    sessions: <SessionTable key={String(everyone)} everyone={everyone} />,
    history: <SignInTable everyone={everyone} />,
  };
  return (
    <ContentLayout
      header={
        <Header
          variant="h1"
          actions={
            may('source-rule:update') && (
              <SegmentedControl
                label={t('access.whose')}
                selectedId={everyone ? 'everyone' : 'own'}
                options={[
                  { id: 'own', text: t('access.own') },
                  { id: 'everyone', text: t('access.everyone') },
                ]}
                onChange={({ detail }) => setEveryone(detail.selectedId === 'everyone')}
              />
            )
          }
        >
          {t('nav.signIns')}
        </Header>
      }
    >
      <SpaceBetween size="m">
        <Tabs
          activeTabId={tab}
          onChange={({ detail }) => void navigate(`/sign-ins/${detail.activeTabId}`)}
          tabs={TABS.map((id) => ({ id, label: t(`access.tabs.${id}`), content: content[id] }))}
        />
      </SpaceBetween>
    </ContentLayout>
  );
}

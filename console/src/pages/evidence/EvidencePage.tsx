// Evidence (16.1.7): what is held, what authorities asked for, what was secured.
import Header from '@cloudscape-design/components/header';
import SpaceBetween from '@cloudscape-design/components/space-between';
import Tabs from '@cloudscape-design/components/tabs';
import { useTranslation } from 'react-i18next';
import { useNavigate, useParams } from 'react-router';
import { useCrumbs } from '../../app/crumbs';
import { Disclosures } from './Disclosures';
import { Holds } from './Holds';
import { Packages } from './Packages';

const TABS = ['holds', 'disclosures', 'packages'] as const;

export default function EvidencePage() {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const { tab } = useParams();
  const active = TABS.find((one) => one === tab) ?? 'holds';
  useCrumbs({ text: t('nav.evidence') });
  return (
    <SpaceBetween size="l">
      <Header variant="h1" description={t('evidence.text')}>
        {t('nav.evidence')}
      </Header>
      <Tabs
        activeTabId={active}
        onChange={({ detail }) => void navigate(`/evidence/${detail.activeTabId}`)}
        tabs={[
          { id: 'holds', label: t('evidence.holds.title'), content: <Holds /> },
          { id: 'disclosures', label: t('evidence.disclosures.title'), content: <Disclosures /> },
          { id: 'packages', label: t('evidence.packages.title'), content: <Packages /> },
        ]}
      />
    </SpaceBetween>
  );
}

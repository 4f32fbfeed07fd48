// Open tunnels of the SSL-VPN, one's own or, for who manages them, all; and how the contract is reached.
import ContentLayout from '@cloudscape-design/components/content-layout';
import Header from '@cloudscape-design/components/header';
import SegmentedControl from '@cloudscape-design/components/segmented-control';
import SpaceBetween from '@cloudscape-design/components/space-between';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useCrumbs } from '../../app/crumbs';
import { useMay } from '../../app/rights';
import { PortalAccessTable } from './PortalAccessTable';
import { VpnConnection } from './VpnConnection';
import { VpnSessionTable } from './VpnSessionTable';

export default function VpnSessions() {
  const { t } = useTranslation();
  const may = useMay();
  const [everyone, setEveryone] = useState(false);
  useCrumbs({ text: t('nav.vpnSessions') });
  return (
    <ContentLayout
      header={
        <Header
          variant="h1"
          description={t('vpn.text')}
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
          {t('nav.vpnSessions')}
        </Header>
      }
    >
      <SpaceBetween size="l">
        <VpnSessionTable key={String(everyone)} everyone={everyone} />
        <VpnConnection />
        {may('portal-access:update') && <PortalAccessTable />}
      </SpaceBetween>
    </ContentLayout>
  );
}

// How the own contract is reached, and how one connects where it is through the SSL-VPN.
import Box from '@cloudscape-design/components/box';
import Container from '@cloudscape-design/components/container';
import Header from '@cloudscape-design/components/header';
import KeyValuePairs from '@cloudscape-design/components/key-value-pairs';
import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { queries } from '../../api/queries';
import { useSession } from '../../app/session';
import { Failure } from '../../ui/Failure';
import { Waiting } from '../../ui/Waiting';

export function VpnConnection() {
  const { t } = useTranslation();
  const session = useSession();
  const { data: access, error, refetch } = useQuery(queries.portalAccess());
  if (!access) return error ? <Failure error={error} onRetry={() => void refetch()} /> : <Waiting />;
  const tunnelled = access.portalAccess === 'ssl-vpn';
  const user = `${session.user.name}@${access.contract.name}`;
  return (
    <Container header={<Header variant="h2">{t('vpn.ofContract', { contract: access.contract.name })}</Header>}>
      <KeyValuePairs
        columns={3}
        items={[
          { label: t('vpn.way'), value: t(`vpn.ways.${access.portalAccess}`) },
          ...(tunnelled
            ? [
                { label: t('vpn.tunnels'), value: <code>{access.tunnels}</code> },
                { label: t('vpn.gateway'), value: access.gateway ? <code>{access.gateway}</code> : t('vpn.noGateway') },
              ]
            : []),
        ]}
      />
      {tunnelled && access.gateway && (
        <Box padding={{ top: 'm' }}>
          <Box variant="awsui-key-label">{t('vpn.command')}</Box>
          <Box variant="code">{`sudo openconnect --cafile=ca.crt --user='${user}' https://${access.gateway}`}</Box>
          <Box color="text-body-secondary">{t('vpn.commandText')}</Box>
        </Box>
      )}
    </Container>
  );
}

// How a server stands in the network: its ports, their addresses and firewall, and the floating addresses that lead to them.
import Box from '@cloudscape-design/components/box';
import Button from '@cloudscape-design/components/button';
import Container from '@cloudscape-design/components/container';
import Header from '@cloudscape-design/components/header';
import KeyValuePairs from '@cloudscape-design/components/key-value-pairs';
import SpaceBetween from '@cloudscape-design/components/space-between';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Server } from '../../../api/compute';
import { bindFloatingAddress, type FloatingAddress, type Port } from '../../../api/network';
import { queries } from '../../../api/queries';
import { useMay } from '../../../app/rights';
import { Dialog } from '../../../ui/Dialog';
import { Failure } from '../../../ui/Failure';
import { RouteLink } from '../../../ui/RouteLink';
import { Waiting } from '../../../ui/Waiting';
import { AttachFloating } from '../../floating/AttachFloating';
import { StateSign } from '../../networks/StateSign';
import { PortGroups } from './PortGroups';

export default function ServerNetwork({ server }: { server: Server }) {
  const { t } = useTranslation();
  const ports = useQuery(queries.ports({ device_id: server.id }));
  if (!ports.data) return ports.error ? <Failure error={ports.error} onRetry={() => void ports.refetch()} /> : <Waiting />;
  if (ports.data.length === 0) return <Box>{t('servers.network.noPorts')}</Box>;
  return (
    <SpaceBetween size="l">
      {ports.data.map((port) => (
        <PortSheet key={port.id} port={port} />
      ))}
    </SpaceBetween>
  );
}

function PortSheet({ port }: { port: Port }) {
  const { t } = useTranslation();
  const may = useMay();
  const mayBind = may('network:floatingip:update');
  const client = useQueryClient();
  const networks = useQuery(queries.networks()).data ?? [];
  const groups = useQuery(queries.securityGroups()).data ?? [];
  const floating = (useQuery(queries.floatingAddresses()).data ?? []).filter((address) => address.port_id === port.id);
  const [open, setOpen] = useState<'groups' | 'attach' | FloatingAddress | null>(null);
  const close = () => setOpen(null);
  const network = networks.find((each) => each.id === port.network_id);
  const none = t('common.none');
  return (
    <Container
      header={
        <Header
          variant="h2"
          actions={
            <SpaceBetween direction="horizontal" size="xs">
              {may('network:port:update') && <Button onClick={() => setOpen('groups')}>{t('servers.network.editGroups')}</Button>}
              {mayBind && <Button onClick={() => setOpen('attach')}>{t('floating.attach')}</Button>}
            </SpaceBetween>
          }
        >
          {network?.name || port.network_id}
        </Header>
      }
    >
      <KeyValuePairs
        columns={3}
        items={[
          { label: t('servers.network.fixed'), value: port.fixed_ips.map((ip) => ip.ip_address).join(', ') || none },
          { label: t('servers.network.mac'), value: port.mac_address },
          { label: t('servers.status'), value: <StateSign status={port.status} /> },
          {
            label: t('nav.floatingAddresses'),
            value:
              floating.length === 0
                ? none
                : floating.map((address) => (
                    <SpaceBetween key={address.id} direction="horizontal" size="xs" alignItems="center">
                      <span>{address.floating_ip_address}</span>
                      {mayBind && (
                        <Button variant="inline-link" onClick={() => setOpen(address)}>
                          {t('floating.detach')}
                        </Button>
                      )}
                    </SpaceBetween>
                  )),
          },
          {
            label: t('nav.securityGroups'),
            value:
              port.security_groups.length === 0 ? (
                none
              ) : (
                <SpaceBetween direction="horizontal" size="xs">
                  {port.security_groups.map((id) => (
                    <RouteLink key={id} to={`/security-groups/${id}`}>
                      {groups.find((group) => group.id === id)?.name ?? id}
                    </RouteLink>
                  ))}
                </SpaceBetween>
              ),
          },
          { label: t('servers.network.port'), value: port.id },
        ]}
      />
      {open === 'groups' && <PortGroups port={port} groups={groups} onClose={close} />}
      {open === 'attach' && <AttachFloating portId={port.id} onClose={close} />}
      {open !== null && typeof open === 'object' && (
        <Dialog
          title={t('floating.detachTitle', { address: open.floating_ip_address })}
          submit={t('floating.detach')}
          onClose={close}
          acts={[bindFloatingAddress.describe(open.id, null)]}
          onSubmit={async () => {
            await bindFloatingAddress(open.id, null);
            await Promise.all(['floatingAddresses', 'servers'].map((key) => client.invalidateQueries({ queryKey: [key] })));
            close();
          }}
        >
          <Box>{t('floating.detachText')}</Box>
        </Dialog>
      )}
    </Container>
  );
}

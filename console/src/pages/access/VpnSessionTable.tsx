// The tunnels that are open; each can be ended, which the gateway does within seconds.
import Button from '@cloudscape-design/components/button';
import StatusIndicator from '@cloudscape-design/components/status-indicator';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { queries } from '../../api/queries';
import { endVpnSession, type VpnSession } from '../../api/vpn';
import { DeleteDialog } from '../../ui/DeleteDialog';
import { ResourceTable, type Column } from '../../ui/ResourceTable';
import { useFormat } from '../../ui/useFormat';

const LOOKS = { opening: 'pending', open: 'success', ending: 'stopped' } as const;

export function VpnSessionTable({ everyone }: { everyone: boolean }) {
  const { t } = useTranslation();
  const format = useFormat();
  const client = useQueryClient();
  const sessions = useQuery(queries.vpnSessions(everyone));
  const [selected, setSelected] = useState<readonly VpnSession[]>([]);
  const [asking, setAsking] = useState(false);
  const columns = useMemo<readonly Column<VpnSession>[]>(() => {
    const state = (session: VpnSession) => t(`vpn.states.${session.state}`);
    const traffic = (session: VpnSession) =>
      t('vpn.amounts', { received: format.bytes(session.receivedBytes), sent: format.bytes(session.sentBytes) });
    const whose: Column<VpnSession>[] = everyone
      ? [
          { id: 'user', header: t('access.user'), value: (session) => session.user.name, cell: (session) => session.user.name },
          { id: 'contract', header: t('vpn.contract'), value: (session) => session.contract.name, cell: (session) => session.contract.name },
        ]
      : [];
    return [
      ...whose,
      { id: 'since', header: t('vpn.since'), value: (session) => session.since, cell: (session) => format.time(session.since) },
      {
        id: 'state',
        header: t('vpn.state'),
        value: state,
        cell: (session) => <StatusIndicator type={LOOKS[session.state]}>{state(session)}</StatusIndicator>,
      },
      { id: 'address', header: t('access.from'), value: (session) => session.address, cell: (session) => session.address },
      { id: 'inner', header: t('vpn.inner'), value: (session) => session.innerAddress, cell: (session) => session.innerAddress },
      { id: 'client', header: t('access.client'), width: 220, value: (session) => session.client, cell: (session) => session.client || '–' },
      { id: 'traffic', header: t('vpn.traffic'), value: (session) => session.receivedBytes + session.sentBytes, cell: traffic },
    ];
  }, [t, format, everyone]);
  return (
    <>
      <ResourceTable<VpnSession>
        id={everyone ? 'vpnSessions.everyone' : 'vpnSessions'}
        variant="container"
        title={t('vpn.sessions')}
        items={sessions.data}
        error={sessions.error}
        refreshing={sessions.isRefetching}
        onRefresh={() => void sessions.refetch()}
        columns={columns}
        defaultSort={{ column: 'since', descending: true }}
        trackBy={(session) => session.id}
        label={(session) => `${session.user.name} ${session.address} ${session.innerAddress}`}
        selected={selected}
        onSelect={setSelected}
        actions={
          <Button disabled={selected.length === 0} onClick={() => setAsking(true)}>
            {t('access.end')}
          </Button>
        }
        empty={{ title: t('vpn.empty.title'), text: t('vpn.empty.text') }}
      />
      {asking && (
        <DeleteDialog
          title={t('vpn.endTitle')}
          warning={t('vpn.endText')}
          submit={t('access.end')}
          items={selected}
          idOf={(session) => session.id}
          nameOf={(session) => `${session.user.name} · ${session.address} · ${session.innerAddress}`}
          onClose={() => setAsking(false)}
          acts={selected.map((session) => endVpnSession.describe(session.id))}
          remove={(session) => endVpnSession(session.id)}
          onGone={(gone) => {
            setSelected((before) => before.filter((session) => !gone.includes(session)));
            return client.invalidateQueries({ queryKey: ['vpn-sessions'] });
          }}
        />
      )}
    </>
  );
}

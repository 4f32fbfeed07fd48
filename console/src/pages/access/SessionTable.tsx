// The sessions that are open; each can be ended.
import Alert from '@cloudscape-design/components/alert';
import Badge from '@cloudscape-design/components/badge';
import Button from '@cloudscape-design/components/button';
import SpaceBetween from '@cloudscape-design/components/space-between';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { endOtherSessions, endSession, type OpenSession } from '../../api/access';
import { queries } from '../../api/queries';
import { DeleteDialog } from '../../ui/DeleteDialog';
import { Dialog } from '../../ui/Dialog';
import { ResourceTable, type Column } from '../../ui/ResourceTable';
import { useFormat } from '../../ui/useFormat';
import { programOf } from './program';

export function SessionTable({ everyone }: { everyone: boolean }) {
  const { t } = useTranslation();
  const format = useFormat();
  const client = useQueryClient();
  const sessions = useQuery(queries.sessions(everyone));
  const [selected, setSelected] = useState<readonly OpenSession[]>([]);
  const [open, setOpen] = useState<'end' | 'others' | null>(null);
  const columns = useMemo<readonly Column<OpenSession>[]>(() => {
    const how = (session: OpenSession) => t(`access.how.${session.how}`);
    const from = (session: OpenSession) =>
      session.lastAddress === session.address ? session.address : t('access.moved', { first: session.address, last: session.lastAddress });
    const user: Column<OpenSession>[] = everyone
      ? [{ id: 'user', header: t('access.user'), value: (session) => session.user.name, cell: (session) => session.user.name }]
      : [];
    return [
      ...user,
      {
        id: 'used',
        header: t('access.lastUsed'),
        value: (session) => session.lastUsed,
        cell: (session) => (
          <>
            {format.time(session.lastUsed)} {session.current && <Badge color="blue">{t('access.current')}</Badge>}
          </>
        ),
      },
      { id: 'from', header: t('access.from'), value: from, cell: from },
      {
        id: 'client',
        header: t('access.client'),
        value: (session) => programOf(session.client),
        cell: (session) => <span title={session.client}>{programOf(session.client) || '–'}</span>,
      },
      { id: 'how', header: t('access.by'), value: how, cell: how },
      { id: 'created', header: t('access.created'), value: (session) => session.created, cell: (session) => format.time(session.created) },
      { id: 'ends', header: t('access.ends'), value: (session) => session.ends, cell: (session) => format.time(session.ends) },
    ];
  }, [t, format, everyone]);
  const refresh = async () => {
    await client.invalidateQueries({ queryKey: ['sessions'] });
    setSelected([]);
  };
  const close = async () => {
    await refresh();
    setOpen(null);
  };
  // The one in which this is asked goes last, or the others could not be ended any more.
  const order = [...selected].sort((one, other) => Number(one.current) - Number(other.current));
  return (
    <>
      <ResourceTable<OpenSession>
        id={everyone ? 'sessions.everyone' : 'sessions'}
        variant="container"
        title={t('access.tabs.sessions')}
        description={t('access.sessionsText')}
        items={sessions.data}
        error={sessions.error}
        refreshing={sessions.isRefetching}
        onRefresh={() => void sessions.refetch()}
        columns={columns}
        defaultSort={{ column: 'used', descending: true }}
        trackBy={(session) => session.id}
        label={(session) => `${session.user.name} ${session.address} ${programOf(session.client)}`}
        selected={selected}
        onSelect={setSelected}
        actions={
          <SpaceBetween direction="horizontal" size="xs">
            <Button disabled={selected.length === 0} onClick={() => setOpen('end')}>
              {t('access.end')}
            </Button>
            {!everyone && <Button onClick={() => setOpen('others')}>{t('access.endOthers')}</Button>}
          </SpaceBetween>
        }
        empty={{ title: t('access.empty.title'), text: t('access.empty.text') }}
      />
      {open === 'end' && (
        <DeleteDialog
          title={t('access.endTitle')}
          warning={selected.some((session) => session.current) ? t('access.endOwnText') : t('access.endText')}
          submit={t('access.end')}
          items={order}
          inOrder
          idOf={(session) => session.id}
          nameOf={(session) => `${session.user.name} · ${session.address} · ${format.time(session.created)}`}
          onClose={() => setOpen(null)}
          acts={order.map((session) => endSession.describe(session.id))}
          remove={(session) => endSession(session.id)}
          onGone={refresh}
        />
      )}
      {open === 'others' && (
        <Dialog
          title={t('access.endOthersTitle')}
          submit={t('access.endOthers')}
          onClose={() => setOpen(null)}
          acts={[endOtherSessions.describe()]}
          onSubmit={async () => {
            await endOtherSessions();
            await close();
          }}
        >
          <Alert type="warning">{t('access.endOthersText')}</Alert>
        </Dialog>
      )}
    </>
  );
}

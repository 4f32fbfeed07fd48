// How a host is being emptied, server by server: what goes, what went, what cannot go and what to do about it.
import Alert from '@cloudscape-design/components/alert';
import Box from '@cloudscape-design/components/box';
import Button from '@cloudscape-design/components/button';
import Modal from '@cloudscape-design/components/modal';
import ProgressBar from '@cloudscape-design/components/progress-bar';
import SpaceBetween from '@cloudscape-design/components/space-between';
import StatusIndicator from '@cloudscape-design/components/status-indicator';
import Table from '@cloudscape-design/components/table';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { bind } from '../../api/act';
import { beginMaintenance, endMaintenance, type Drain, type DrainedServer, type Host } from '../../api/hosts';
import { queries } from '../../api/queries';
import { CommandsButton } from '../../ui/CommandsButton';
import { Failure } from '../../ui/Failure';

const SIGNS = { moving: 'in-progress', stuck: 'warning', waiting: 'pending', moved: 'success', gone: 'stopped' } as const;

interface DrainProgressProps {
  host: Host;
  onClose: () => void;
  onChanged: () => Promise<unknown>;
}

export function DrainProgress({ host, onClose, onChanged }: DrainProgressProps) {
  const { t } = useTranslation();
  const drain = useQuery(queries.drain(host.id));
  const [error, setError] = useState<unknown>(null);
  const change = async (how: () => Promise<unknown>) => {
    setError(null);
    try {
      await how();
      await onChanged();
      await drain.refetch();
    } catch (refused) {
      setError(refused);
    }
  };
  const stop = bind(beginMaintenance, host.id, host.maintenanceReason ?? '', false);
  const resume = bind(endMaintenance, host.id);
  const told = [
    ...(host.drain === 'draining' ? [{ text: t('hosts.drain.stop'), acts: [stop.act] }] : []),
    ...(host.drain ? [{ text: t('hosts.resume'), acts: [resume.act] }] : []),
  ];
  return (
    <Modal
      visible
      size="max"
      header={t('hosts.drain.title', { name: host.name })}
      onDismiss={onClose}
      footer={
        <Box float="right">
          <SpaceBetween direction="horizontal" size="xs">
            <CommandsButton actions={told} />
            {host.drain === 'draining' && (
              <Button onClick={() => void change(stop.perform)}>{t('hosts.drain.stop')}</Button>
            )}
            {host.drain && <Button onClick={() => void change(resume.perform)}>{t('hosts.resume')}</Button>}
            <Button variant="primary" onClick={onClose}>
              {t('common.close')}
            </Button>
          </SpaceBetween>
        </Box>
      }
    >
      <SpaceBetween size="m">
        <Failure error={error ?? drain.error} />
        {drain.data && <Summary drain={drain.data} />}
        <Servers servers={drain.data?.servers ?? []} loading={drain.isPending} />
      </SpaceBetween>
    </Modal>
  );
}

function Summary({ drain }: { drain: Drain }) {
  const { t } = useTranslation();
  const left = drain.servers.filter((server) => ['moving', 'waiting', 'stuck'].includes(server.state)).length;
  const moved = drain.servers.filter((server) => server.state === 'moved').length;
  const longest = drain.longestStandstillMillis;
  return (
    <Alert type={drain.state === 'drained' ? 'success' : 'info'} header={t(`hosts.drain.states.${drain.state}`)}>
      {t('hosts.drain.count', { moved, left })}
      {longest !== null && ` ${t('hosts.drain.longest', { seconds: (longest / 1000).toFixed(1) })}`}
    </Alert>
  );
}

function Servers({ servers, loading }: { servers: DrainedServer[]; loading: boolean }) {
  const { t } = useTranslation();
  return (
    <Table
      variant="embedded"
      wrapLines
      loading={loading}
      loadingText={t('common.loading')}
      items={servers}
      trackBy={(server) => server.id}
      empty={<Box textAlign="center">{t('hosts.drain.none')}</Box>}
      columnDefinitions={[
        { id: 'name', header: t('servers.name'), cell: (server) => server.name },
        { id: 'project', header: t('hosts.projectId'), cell: (server) => server.project },
        { id: 'state', header: t('servers.status'), cell: (server) => <State server={server} />, minWidth: 220 },
        { id: 'target', header: t('hosts.drain.target'), cell: (server) => server.target ?? t('common.none') },
        {
          id: 'standstill',
          header: t('hosts.drain.standstill'),
          cell: (server) => (server.standstillMillis === null ? t('common.none') : t('hosts.seconds', { seconds: (server.standstillMillis / 1000).toFixed(1) })),
        },
      ]}
    />
  );
}

function State({ server }: { server: DrainedServer }) {
  const { t } = useTranslation();
  if (server.state === 'moving') {
    return <ProgressBar value={server.progress ?? 0} ariaLabel={t('hosts.drain.server.moving')} description={t('hosts.drain.server.moving')} />;
  }
  return (
    <SpaceBetween size="xxs">
      <StatusIndicator type={SIGNS[server.state]}>{t(`hosts.drain.server.${server.state}`)}</StatusIndicator>
      {server.obstacle && (
        <>
          <Box>{t(`hosts.drain.obstacle.${server.obstacle.code}`, { defaultValue: server.obstacle.sentence })}</Box>
          {server.obstacle.code === 'failed' && <Box color="text-body-secondary">{server.obstacle.sentence}</Box>}
          <Box color="text-body-secondary">{t(`hosts.drain.next.${server.obstacle.code}`, { defaultValue: server.obstacle.next })}</Box>
        </>
      )}
    </SpaceBetween>
  );
}

// Who looked at the server's consoles, from where and for how long; who looks now stands first.
import Box from '@cloudscape-design/components/box';
import Header from '@cloudscape-design/components/header';
import StatusIndicator from '@cloudscape-design/components/status-indicator';
import Table from '@cloudscape-design/components/table';
import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { visitsOf, type ConsoleVisit } from '../../../api/consoleVisits';
import { Failure } from '../../../ui/Failure';
import { useFormat } from '../../../ui/useFormat';

const SIGNS = { left: 'stopped', ended: 'warning', lost: 'warning' } as const;

export function ConsoleVisits({ server }: { server: string }) {
  const { t } = useTranslation();
  const format = useFormat();
  const visits = useQuery(visitsOf(server));
  const now = (visits.data ?? []).filter((visit) => !visit.closedAt).length;
  return (
    <>
      <Failure error={visits.error} onRetry={() => void visits.refetch()} />
      <Table<ConsoleVisit>
        items={visits.data ?? []}
        trackBy="id"
        loading={visits.isPending}
        loadingText={t('common.loading')}
        ariaLabels={{ tableLabel: t('visits.title') }}
        header={
          <Header variant="h2" counter={visits.data ? `(${now})` : ''} description={t('visits.text')}>
            {t('visits.title')}
          </Header>
        }
        columnDefinitions={[
          { id: 'opened', header: t('visits.opened'), cell: (visit) => format.time(visit.openedAt), isRowHeader: true },
          { id: 'who', header: t('history.who'), cell: (visit) => visit.userName },
          { id: 'kind', header: t('visits.kind'), cell: (visit) => t(`visits.kinds.${visit.kind}`) },
          { id: 'from', header: t('history.from'), cell: (visit) => visit.address },
          {
            id: 'state',
            header: t('visits.state'),
            cell: (visit) =>
              visit.ended ? (
                <StatusIndicator type={SIGNS[visit.ended]}>{t(`visits.ends.${visit.ended}`)}</StatusIndicator>
              ) : (
                <StatusIndicator>{t('visits.open')}</StatusIndicator>
              ),
          },
          {
            id: 'long',
            header: t('visits.long'),
            cell: (visit) => format.span(Date.parse(visit.closedAt ?? new Date().toISOString()) - Date.parse(visit.openedAt)),
          },
        ]}
        empty={<Box textAlign="center">{t('visits.none')}</Box>}
      />
    </>
  );
}

/** Who looks now, in a line. */
export function ConnectedNow({ server }: { server: string }) {
  const { t } = useTranslation();
  const open = (useQuery(visitsOf(server)).data ?? []).filter((visit) => !visit.closedAt);
  return open.length
    ? open.map((visit) => <Box key={visit.id}>{t('visits.now', { who: visit.userName, kind: t(`visits.kinds.${visit.kind}`), from: visit.address })}</Box>)
    : t('visits.nobody');
}

// What the schedules of a server did, newest first, also those that are deleted by now.
import Box from '@cloudscape-design/components/box';
import Header from '@cloudscape-design/components/header';
import StatusIndicator, { type StatusIndicatorProps } from '@cloudscape-design/components/status-indicator';
import Table from '@cloudscape-design/components/table';
import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { runsOf, type ScheduleRun } from '../../../api/schedules';
import { Failure } from '../../../ui/Failure';
import { useFormat } from '../../../ui/useFormat';
import { reasonWords } from '../../../i18n/reasons';

const SIGNS = { running: 'in-progress', done: 'success', unneeded: 'info', failed: 'error', missed: 'warning' } as const satisfies Record<
  ScheduleRun['result'],
  StatusIndicatorProps.Type
>;

export function ScheduleRuns({ server }: { server: string }) {
  const { t } = useTranslation();
  const format = useFormat();
  const runs = useQuery(runsOf(server));
  return (
    <>
      <Failure error={runs.error} onRetry={() => void runs.refetch()} />
      <Table<ScheduleRun>
        items={runs.data ?? []}
        trackBy="id"
        loading={runs.isPending}
        loadingText={t('common.loading')}
        ariaLabels={{ tableLabel: t('schedules.runs') }}
        header={
          <Header variant="h2" description={t('schedules.runsText')}>
            {t('schedules.runs')}
          </Header>
        }
        columnDefinitions={[
          { id: 'due', header: t('schedules.due'), cell: (run) => format.time(run.dueAt), isRowHeader: true },
          { id: 'schedule', header: t('schedules.schedule'), cell: (run) => run.scheduleName },
          { id: 'does', header: t('schedules.action'), cell: (run) => t(`schedules.does.${run.action}`) },
          {
            id: 'result',
            header: t('schedules.result'),
            cell: (run) => <StatusIndicator type={SIGNS[run.result]}>{t(`schedules.results.${run.result}`)}</StatusIndicator>,
          },
          { id: 'ran', header: t('schedules.ran'), cell: (run) => format.time(run.ranAt) },
          { id: 'reason', header: t('history.reason'), cell: (run) => reasonWords(run.reason ?? '') },
        ]}
        empty={<Box textAlign="center">{t('schedules.noRuns')}</Box>}
      />
    </>
  );
}

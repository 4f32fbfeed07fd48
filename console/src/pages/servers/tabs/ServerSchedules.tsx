// The calendar of one server: what it does when, what comes next, and what became of it.
import Box from '@cloudscape-design/components/box';
import Button from '@cloudscape-design/components/button';
import Header from '@cloudscape-design/components/header';
import SpaceBetween from '@cloudscape-design/components/space-between';
import StatusIndicator from '@cloudscape-design/components/status-indicator';
import Table from '@cloudscape-design/components/table';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Server } from '../../../api/compute';
import { changeSchedule, deleteSchedule, schedulesOf, settingOf, type Schedule } from '../../../api/schedules';
import { useNotices } from '../../../app/notices';
import { useMay } from '../../../app/rights';
import { Dialog } from '../../../ui/Dialog';
import { Failure } from '../../../ui/Failure';
import { useFormat } from '../../../ui/useFormat';
import { ScheduleForm } from '../schedules/ScheduleForm';
import { ScheduleRuns } from '../schedules/ScheduleRuns';
import { useScheduleText } from '../schedules/useScheduleText';

type Open = { act: 'add' } | { act: 'change' | 'delete'; schedule: Schedule };

export default function ServerSchedules({ server }: { server: Server }) {
  const { t } = useTranslation();
  const format = useFormat();
  const text = useScheduleText();
  const client = useQueryClient();
  const { failed } = useNotices();
  const mayManage = useMay()('compute:schedule:manage');
  const [open, setOpen] = useState<Open | null>(null);
  const list = useQuery(schedulesOf(server.id));
  const schedules = list.data?.schedules ?? [];
  const full = list.data !== undefined && schedules.length >= list.data.most;
  const refresh = () => client.invalidateQueries({ queryKey: ['servers', server.id] });
  const add = () => setOpen({ act: 'add' });
  const close = () => setOpen(null);
  const pause = (schedule: Schedule) => {
    changeSchedule(server.id, schedule.id, { ...settingOf(schedule), enabled: !schedule.enabled })
      .catch((error: unknown) => failed(t('schedules.failed', { name: schedule.name }), error))
      .finally(() => void refresh());
  };
  return (
    <SpaceBetween size="l">
      <Failure error={list.error} onRetry={() => void list.refetch()} />
      <Table<Schedule>
        items={schedules}
        trackBy="id"
        loading={list.isPending}
        loadingText={t('common.loading')}
        ariaLabels={{ tableLabel: t('servers.tabs.schedules') }}
        header={
          <Header
            variant="h2"
            counter={list.data ? `(${schedules.length}/${list.data.most})` : ''}
            description={t('schedules.text')}
            actions={
              mayManage && (
                <Button onClick={add} disabled={full} disabledReason={t('schedules.full')}>
                  {t('schedules.add')}
                </Button>
              )
            }
          >
            {t('servers.tabs.schedules')}
          </Header>
        }
        columnDefinitions={[
          { id: 'name', header: t('servers.name'), cell: (schedule) => schedule.name, isRowHeader: true },
          { id: 'does', header: t('schedules.action'), cell: (schedule) => text.does(schedule) },
          { id: 'when', header: t('schedules.when'), cell: (schedule) => text.when(schedule) },
          { id: 'zone', header: t('schedules.zone'), cell: (schedule) => schedule.timeZone },
          { id: 'next', header: t('schedules.next'), cell: (schedule) => <Next schedule={schedule} time={format.time} /> },
          ...(mayManage
            ? [
                {
                  id: 'acts',
                  header: t('common.actions'),
                  cell: (schedule: Schedule) => (
                    <SpaceBetween direction="horizontal" size="s">
                      <Button variant="inline-link" onClick={() => pause(schedule)} ariaLabel={t(schedule.enabled ? 'schedules.pauseIt' : 'schedules.resumeIt', { name: schedule.name })}>
                        {t(schedule.enabled ? 'schedules.pause' : 'schedules.resume')}
                      </Button>
                      <Button variant="inline-link" onClick={() => setOpen({ act: 'change', schedule })} ariaLabel={t('schedules.editIt', { name: schedule.name })}>
                        {t('common.edit')}
                      </Button>
                      <Button variant="inline-link" onClick={() => setOpen({ act: 'delete', schedule })} ariaLabel={t('schedules.deleteIt', { name: schedule.name })}>
                        {t('common.delete')}
                      </Button>
                    </SpaceBetween>
                  ),
                },
              ]
            : []),
        ]}
        empty={
          <Box textAlign="center" margin={{ vertical: 'l' }}>
            <SpaceBetween size="xs">
              <Box variant="strong">{t('schedules.empty.title')}</Box>
              {mayManage && <Box color="text-body-secondary">{t('schedules.empty.text')}</Box>}
              {mayManage && <Button onClick={add}>{t('schedules.empty.action')}</Button>}
            </SpaceBetween>
          </Box>
        }
      />
      <ScheduleRuns server={server.id} />
      {open?.act === 'add' && <ScheduleForm server={server.id} onClose={close} />}
      {open?.act === 'change' && <ScheduleForm server={server.id} schedule={open.schedule} onClose={close} />}
      {open?.act === 'delete' && (
        <Dialog
          title={t('schedules.deleteTitle', { name: open.schedule.name })}
          submit={t('common.delete')}
          onClose={close}
          acts={[deleteSchedule.describe(server.id, open.schedule.id)]}
          onSubmit={async () => {
            await deleteSchedule(server.id, open.schedule.id);
            await refresh();
            close();
          }}
        >
          <Box>{t('schedules.deleteText')}</Box>
        </Dialog>
      )}
    </SpaceBetween>
  );
}

function Next({ schedule, time }: { schedule: Schedule; time: (iso: string) => string }) {
  const { t } = useTranslation();
  if (schedule.nextRun !== null) return <>{time(schedule.nextRun)}</>;
  return <StatusIndicator type="stopped">{t(schedule.enabled ? 'schedules.over' : 'schedules.paused')}</StatusIndicator>;
}

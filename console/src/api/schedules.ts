// What a server does on a calendar, and what became of it. Times of a schedule are by the clock of its time zone.
import { action, as } from './act';
import { queryOptions } from '@tanstack/react-query';
import { call } from './http';
import { CALM, followed, QUICK } from './polling';
import type { Got, Service } from './service';

export const DAYS = ['monday', 'tuesday', 'wednesday', 'thursday', 'friday', 'saturday', 'sunday'] as const satisfies readonly Day[];
export type Day = Schedule['days'][number];
export const DOES = ['start', 'stop', 'reboot', 'snapshot'] as const satisfies readonly Does[];
export type Does = Schedule['action'];

/** As it is sent; `days` are for every week, `date` (YYYY-MM-DD) is for once: one of the two. */
export type ScheduleSetting = Pick<Schedule, 'name' | 'action' | 'days' | 'date' | 'time' | 'timeZone' | 'keep' | 'enabled'>;

export type Schedule = Service['Schedule'];

export type ScheduleRun = Service['ScheduleRun'];

export type ScheduleList = Service['ScheduleListing'];

const base = (server: string) => `/service/v1/servers/${server}`;

const listSchedules = (server: string, signal?: AbortSignal) => call<Got<'/service/v1/servers/{server}/schedules'>>('GET', `${base(server)}/schedules`, { signal });
const listRuns = async (server: string, signal?: AbortSignal) =>
  (await call<Got<'/service/v1/servers/{server}/schedule-runs'>>('GET', `${base(server)}/schedule-runs?limit=100`, { signal })).runs;

export const createSchedule = action(
  (server: string, setting: ScheduleSetting) => ({ method: 'POST', path: `${base(server)}/schedules`, body: setting }),
  as<Schedule>(),
);
export const changeSchedule = action(
  (server: string, id: string, setting: ScheduleSetting) => ({ method: 'PUT', path: `${base(server)}/schedules/${id}`, body: setting }),
  as<Schedule>(),
);
export const deleteSchedule = action((server: string, id: string) => ({ method: 'DELETE', path: `${base(server)}/schedules/${id}` }));

/** What is sent to have it as it is. */
export const settingOf = ({ name, action, days, date, time, timeZone, keep, enabled }: Schedule): ScheduleSetting => ({
  name,
  action,
  days,
  date,
  time,
  timeZone,
  keep,
  enabled,
});

export const schedulesOf = (server: string) =>
  queryOptions({ queryKey: ['servers', server, 'schedules'], queryFn: ({ signal }) => listSchedules(server, signal), refetchInterval: () => followed(CALM) });

export const runsOf = (server: string) =>
  queryOptions({
    queryKey: ['servers', server, 'scheduleRuns'],
    queryFn: ({ signal }) => listRuns(server, signal),
    refetchInterval: (query) => followed(query.state.data?.some((run) => run.result === 'running') ? QUICK : CALM),
  });

// What state a server is in, in the user's terms, and what can be asked of it there.
import type { Server } from '../../api/compute';

export type Condition =
  | 'running'
  | 'stopped'
  | 'creating'
  | 'starting'
  | 'stopping'
  | 'rebooting'
  | 'deleting'
  | 'working'
  | 'paused'
  | 'suspended'
  | 'rescued'
  | 'resized'
  | 'shelved'
  | 'restorable'
  | 'error'
  | 'unknown';

const BY_TASK: Record<string, Condition> = {
  scheduling: 'creating',
  networking: 'creating',
  block_device_mapping: 'creating',
  spawning: 'creating',
  'powering-on': 'starting',
  'powering-off': 'stopping',
  deleting: 'deleting',
  'soft-deleting': 'deleting',
};

const BY_STATUS: Record<string, Condition> = {
  ACTIVE: 'running',
  SHUTOFF: 'stopped',
  BUILD: 'creating',
  REBOOT: 'rebooting',
  HARD_REBOOT: 'rebooting',
  ERROR: 'error',
  PAUSED: 'paused',
  SUSPENDED: 'suspended',
  DELETED: 'deleting',
  SOFT_DELETED: 'restorable',
  RESCUE: 'rescued',
  VERIFY_RESIZE: 'resized',
  SHELVED: 'shelved',
  SHELVED_OFFLOADED: 'shelved',
  REVERT_RESIZE: 'working',
  PASSWORD: 'working',
  REBUILD: 'working',
  RESIZE: 'working',
  MIGRATING: 'working',
};

export const conditionOfStatus = (status: string): Condition => BY_STATUS[status] ?? 'unknown';

export const CONDITIONS: readonly Condition[] = [
  'running',
  'stopped',
  'creating',
  'starting',
  'stopping',
  'rebooting',
  'deleting',
  'working',
  'paused',
  'suspended',
  'rescued',
  'resized',
  'shelved',
  'restorable',
  'error',
];

/** The API's statuses that a condition may have, as far as it knows them: tasks under way it has no filter for. */
export function statusesOf(condition: Condition | 'any'): readonly string[] {
  return Object.keys(BY_STATUS).filter((status) => status !== 'DELETED' && (condition === 'any' || BY_STATUS[status] === condition));
}

/** The task under way counts more than the status it started from. */
export function conditionOf(server: Server): Condition {
  const task = server['OS-EXT-STS:task_state'];
  if (task !== null) return BY_TASK[task] ?? (task.startsWith('reboot') ? 'rebooting' : 'working');
  return conditionOfStatus(server.status);
}

/** Everything that can be asked of a server, with the conditions in which it is allowed. */
const ALLOWED = {
  start: ['stopped'],
  stop: ['running', 'error'],
  reboot: ['running'],
  pause: ['running'],
  unpause: ['paused'],
  suspend: ['running'],
  resume: ['suspended'],
  rescue: ['running', 'stopped', 'error'],
  unrescue: ['rescued'],
  resize: ['running', 'stopped'],
  confirmResize: ['resized'],
  revertResize: ['resized'],
  rebuild: ['running', 'stopped', 'error'],
  snapshot: ['running', 'stopped', 'paused', 'suspended'],
  shelve: ['running', 'stopped', 'paused', 'suspended'],
  unshelve: ['shelved'],
  restore: ['restorable'],
  delete: [
    'running',
    'stopped',
    'creating',
    'starting',
    'stopping',
    'rebooting',
    'working',
    'paused',
    'suspended',
    'rescued',
    'resized',
    'shelved',
    'error',
    'unknown',
  ],
} as const satisfies Record<string, readonly Condition[]>;

export type Act = keyof typeof ALLOWED;

export function allows(server: Server, act: Act): boolean {
  const conditions: readonly Condition[] = ALLOWED[act];
  return conditions.includes(conditionOf(server));
}

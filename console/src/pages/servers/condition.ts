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
  SOFT_DELETED: 'deleting',
  REBUILD: 'working',
  RESIZE: 'working',
  MIGRATING: 'working',
};

/** The task under way counts more than the status it started from. */
export function conditionOf(server: Server): Condition {
  const task = server['OS-EXT-STS:task_state'];
  if (task !== null) return BY_TASK[task] ?? (task.startsWith('reboot') ? 'rebooting' : 'working');
  return BY_STATUS[server.status] ?? 'unknown';
}

export type Act = 'start' | 'stop' | 'reboot' | 'delete';

export function allows(server: Server, act: Act): boolean {
  const condition = conditionOf(server);
  switch (act) {
    case 'start':
      return condition === 'stopped';
    case 'stop':
      return condition === 'running' || condition === 'error';
    case 'reboot':
      return condition === 'running';
    case 'delete':
      return condition !== 'deleting';
  }
}

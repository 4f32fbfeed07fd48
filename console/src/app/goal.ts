// When something that was asked of a server is done, and when it has failed.
import type { Server } from '../api/compute';
import type { Act } from '../pages/servers/condition';

export type Goal = 'create' | Act;
export type Verdict = 'going' | 'done' | 'failed';

/** The statuses in which it is reached, once no task is left. Null: any, since it leaves the server as it was. */
const REACHED: Record<Goal, readonly string[] | null> = {
  create: ['ACTIVE'],
  start: ['ACTIVE'],
  stop: ['SHUTOFF'],
  reboot: ['ACTIVE'],
  pause: ['PAUSED'],
  unpause: ['ACTIVE'],
  suspend: ['SUSPENDED'],
  resume: ['ACTIVE'],
  rescue: ['RESCUE'],
  unrescue: ['ACTIVE'],
  resize: ['VERIFY_RESIZE'],
  confirmResize: ['ACTIVE', 'SHUTOFF'],
  revertResize: ['ACTIVE', 'SHUTOFF'],
  rebuild: ['ACTIVE', 'SHUTOFF'],
  snapshot: null,
  shelve: ['SHELVED', 'SHELVED_OFFLOADED'],
  unshelve: ['ACTIVE'],
  restore: ['ACTIVE'],
  delete: ['DELETED', 'SOFT_DELETED'],
};

/** `server` is what was last seen of it; undefined while nothing was seen yet. */
export function judge(goal: Goal, server: Server | 'gone' | undefined): Verdict {
  if (server === undefined) return 'going';
  if (server === 'gone') return goal === 'delete' ? 'done' : 'failed';
  if (server['OS-EXT-STS:task_state'] !== null) return 'going';
  if (server.status === 'ERROR' && goal !== 'delete') return 'failed';
  const reached = REACHED[goal];
  if (reached === null || reached.includes(server.status)) return 'done';
  return 'going';
}

// When something that was asked of a server is done, and when it has failed.
import type { Server } from '../api/compute';

export type Goal = 'create' | 'start' | 'stop' | 'reboot' | 'delete';
export type Verdict = 'going' | 'done' | 'failed';

const REACHED: Record<Goal, string> = { create: 'ACTIVE', start: 'ACTIVE', stop: 'SHUTOFF', reboot: 'ACTIVE', delete: 'DELETED' };

/** `server` is what was last seen of it; undefined while nothing was seen yet. */
export function judge(goal: Goal, server: Server | 'gone' | undefined): Verdict {
  if (server === undefined) return 'going';
  if (server === 'gone') return goal === 'delete' ? 'done' : 'failed';
  if (server['OS-EXT-STS:task_state'] !== null) return 'going';
  if (server.status === REACHED[goal]) return 'done';
  if (server.status === 'ERROR' && goal !== 'delete') return 'failed';
  return 'going';
}

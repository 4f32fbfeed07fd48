// Which events are news, and whose they are.
import type { HistoryEvent } from '../../api/history';
import type { Session } from '../../api/session';

/** `unknown`: somebody who has not shown who he is. */
export type Whose = 'me' | 'colleague' | 'provider' | 'schedule' | 'system' | 'unknown';
export const WHOSE: readonly Whose[] = ['unknown', 'provider', 'colleague', 'system', 'schedule', 'me'];

const USER = 'service/security/account/user';
const SCHEDULE = 'service/compute/schedule';
/** Where nothing was changed: coming and going, and looking. */
const QUIET = new Set(['authenticate', 'authenticate/renew', 'revoke', 'read', 'list', 'connect', 'disconnect', 'close/console']);

export function whoseIs(event: HistoryEvent, session: Session): Whose {
  const { id, type, party } = event.initiator;
  if (type === SCHEDULE) return 'schedule';
  if (type !== undefined && type !== USER) return 'system';
  if (id === session.user.id) return 'me';
  if (id === 'unknown' || party === null) return 'unknown';
  // To one of the provider's people the others of them are colleagues.
  return party === 'provider' && session.domain.id !== 'default' ? 'provider' : 'colleague';
}

/** What failed is news in any case: somebody may have tried somebody else's password. */
export const isNews = (event: HistoryEvent) => event.outcome === 'failure' || !QUIET.has(event.action);

/** The same done by the same to one or more things. */
export interface Change {
  key: string;
  whose: Whose;
  /** the newest */
  event: HistoryEvent;
  count: number;
  /** names or ids, newest first, no more than a few */
  targets: string[];
}

const MOST_NAMES = 3;

/** Newest first; what was done several times stands once. */
export function changesOf(events: readonly HistoryEvent[], session: Session): Change[] {
  const found = new Map<string, Change>();
  for (const event of events.filter(isNews)) {
    const key = [event.initiator.id, event.action, event.target.type, event.outcome].join(' ');
    const target = event.target.name || event.target.id;
    const known = found.get(key);
    if (!known) found.set(key, { key, whose: whoseIs(event, session), event, count: 1, targets: [target] });
    else {
      known.count++;
      if (!known.targets.includes(target) && known.targets.length < MOST_NAMES) known.targets.push(target);
    }
  }
  return [...found.values()];
}

/** A provider's access to the project that has begun and, as far as these events go, not ended. */
export function runningAccess(events: readonly HistoryEvent[]): HistoryEvent | undefined {
  const last = events.find((event) => ['break-glass/approve', 'break-glass/end'].includes(event.action) && event.outcome === 'success');
  return last?.action === 'break-glass/approve' ? last : undefined;
}

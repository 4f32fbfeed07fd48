// What ends soon of what the visitor has to renew himself.
import type { Account } from '../../api/account';
import type { ApplicationCredential } from '../../api/access';

/** Days before its end from which a thing is shown. */
export const SOON_DAYS = 30;
const URGENT_DAYS = 7;
const DAY = 86_400_000;

export interface Ending {
  kind: 'password' | 'credential';
  key: string;
  name: string;
  /** whose, where it is not the visitor's */
  user: string | null;
  /** ISO 8601 */
  ends: string;
  state: 'soon' | 'urgent' | 'ended';
}

function stateOf(ends: string, now: number): Ending['state'] | null {
  const left = Date.parse(ends) - now;
  if (left <= 0) return 'ended';
  if (left <= URGENT_DAYS * DAY) return 'urgent';
  return left <= SOON_DAYS * DAY ? 'soon' : null;
}

/** Soonest first. */
export function endings(account: Account | undefined, credentials: readonly ApplicationCredential[], now = Date.now()): Ending[] {
  const found: Ending[] = [];
  const add = (ending: Omit<Ending, 'state'>) => {
    const state = stateOf(ending.ends, now);
    if (state) found.push({ ...ending, state });
  };
  if (account?.passwordExpiresAt) add({ kind: 'password', key: 'password', name: account.user.name, user: null, ends: account.passwordExpiresAt });
  for (const one of credentials) {
    const user = one.user.id === account?.user.id ? null : one.user.name;
    if (one.expiresAt) add({ kind: 'credential', key: one.id, name: one.name, user, ends: one.expiresAt });
  }
  return found.sort((left, right) => left.ends.localeCompare(right.ends));
}

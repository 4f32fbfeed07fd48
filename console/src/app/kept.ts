// What this tab has under way, kept so that it is still shown after the page was loaded again. For the same user and project only.
import type { Session } from '../api/session';

/** What is older is of no interest, in milliseconds. */
const LONGEST = 2 * 3_600_000;

export const ownerOf = (session: Session) => `${session.user.id}/${session.project?.id ?? ''}`;

interface Kept<T> {
  owner: string;
  items: readonly T[];
}

export function readKept<T extends { begun: number }>(name: string, owner: string): readonly T[] {
  try {
    const kept = JSON.parse(sessionStorage.getItem(name) ?? 'null') as Kept<T> | null;
    return kept?.owner === owner ? kept.items.filter((item) => Date.now() - item.begun < LONGEST) : [];
  } catch {
    return []; // of another version, or the browser keeps nothing
  }
}

export function keep<T>(name: string, owner: string, items: readonly T[]): void {
  try {
    if (items.length === 0) sessionStorage.removeItem(name);
    else sessionStorage.setItem(name, JSON.stringify({ owner, items }));
  } catch {
    // Nothing is kept, and nothing else depends on it.
  }
}

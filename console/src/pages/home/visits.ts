// Since when a visitor has not been here: kept in this browser, for each user in each project.
import type { Session } from '../../api/session';

/** How far back the news go for whoever was never here in this browser. */
const FIRST_DAYS = 7;
const DAY = 86_400_000;

const keyOf = (session: Session) => `unkai.visit.${session.user.id}.${session.project?.id ?? ''}`;

export interface Since {
  /** ISO 8601 */
  time: string;
  /** Whether it is the end of a visit, and not just some days ago. */
  visited: boolean;
}

/** The end of the visit before this one; the same as long as the browser's tab stays open. */
export function sinceLastVisit(session: Session, now = Date.now()): Since {
  const key = keyOf(session);
  const kept = sessionStorage.getItem(key);
  if (kept !== null) return JSON.parse(kept) as Since;
  const last = localStorage.getItem(key) ?? '';
  const since = Number.isNaN(Date.parse(last)) ? { time: new Date(now - FIRST_DAYS * DAY).toISOString(), visited: false } : { time: last, visited: true };
  sessionStorage.setItem(key, JSON.stringify(since));
  return since;
}

/** The visitor is here now. */
export function noteVisit(session: Session, now = Date.now()): void {
  sinceLastVisit(session, now);
  localStorage.setItem(keyOf(session), new Date(now).toISOString());
}

// Which sections of the manual have changed since they were last looked at in this browser.
import revision from 'virtual:manual/revision';
import type { Language } from '../../i18n';

const KEPT = 'unkai.manual.seen';
const DIGEST = 12;

const of = (digests: string, language: Language) => (language === 'en' ? digests.slice(0, DIGEST) : digests.slice(DIGEST));

/** Whoever sees the manual for the first time has missed nothing. */
export function changedSections(language: Language, now: Record<string, string> = revision): string[] {
  let seen: Record<string, string> | null = null;
  try {
    seen = JSON.parse(localStorage.getItem(KEPT) ?? 'null') as Record<string, string> | null;
  } catch {
    // written by nobody here
  }
  if (seen === null) {
    markSeen(now);
    return [];
  }
  const known = seen;
  return Object.entries(now)
    .filter(([id, digests]) => of(digests, language) !== of(known[id] ?? '', language))
    .map(([id]) => id);
}

export function markSeen(now: Record<string, string> = revision): void {
  localStorage.setItem(KEPT, JSON.stringify(now));
}

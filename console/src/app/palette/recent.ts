// What was last chosen in the palette, kept in this browser for each user by itself.
import type { Entry } from './find';

const MOST = 8;
const key = (user: string) => `unkai.palette.${user}`;

export function recentOf(user: string): Entry[] {
  try {
    const kept: unknown = JSON.parse(localStorage.getItem(key(user)) ?? '[]');
    return Array.isArray(kept) ? (kept as Entry[]).filter((entry) => typeof entry?.href === 'string' && entry.href.startsWith('/') && Array.isArray(entry.words)) : [];
  } catch {
    return [];
  }
}

export function remember(user: string, entry: Entry): void {
  const others = recentOf(user).filter((each) => each.id !== entry.id);
  localStorage.setItem(key(user), JSON.stringify([entry, ...others].slice(0, MOST)));
}

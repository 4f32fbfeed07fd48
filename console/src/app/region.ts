// How times and numbers are written for this visitor, kept in this browser: the zone, the order of a date, the marks in a number.
import { useSyncExternalStore } from 'react';

export interface Region {
  /** IANA name */
  timeZone: string;
  /** as the language writes them, or 2026-01-31 */
  dates: 'language' | 'iso';
  /** as the language writes them (1,234.5), or 1.234,5, or 1 234,5 */
  numbers: 'language' | 'de' | 'fr';
}

export const DEFAULT_REGION: Region = { timeZone: 'Asia/Tokyo', dates: 'language', numbers: 'language' };

const STORED = 'unkai.region';

export const TIME_ZONES: readonly string[] = [...new Set([DEFAULT_REGION.timeZone, 'UTC', ...Intl.supportedValuesOf('timeZone')])];

function kept(): Region {
  try {
    const stored = { ...DEFAULT_REGION, ...(JSON.parse(localStorage.getItem(STORED) ?? '{}') as Partial<Region>) };
    // A browser that does not know a zone any more must not fail at every time.
    new Intl.DateTimeFormat('en', { timeZone: stored.timeZone });
    return stored;
  } catch {
    return DEFAULT_REGION;
  }
}

let current: Region | null = null;
const listeners = new Set<() => void>();

export const regionNow = (): Region => (current ??= kept());

export function changeRegion(change: Partial<Region>): void {
  current = { ...regionNow(), ...change };
  localStorage.setItem(STORED, JSON.stringify(current));
  listeners.forEach((listener) => listener());
}

function listen(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

export const useRegion = (): Region => useSyncExternalStore(listen, regionNow);

// Days that people choose, as times: a day begins and ends in the zone in which they are shown times.
import { regionNow } from '../../app/region';
import { dayThere, momentOf } from '../../ui/zone';

const DAY = 86_400_000;
const at = (clock: string) => momentOf(clock, regionNow().timeZone);

/** When the day "2026-01-31" begins, ISO 8601. */
export const beginOf = (day: string) => new Date(at(`${day}T00:00:00`)).toISOString();

/** When the day ends: the beginning of the next. */
export const endOf = (day: string) => beginOf(new Date(Date.parse(`${day}T00:00:00Z`) + DAY).toISOString().slice(0, 10));

/** A time of that day: this moment if it is today, otherwise noon, which is the same day for readers in other zones too. */
export function within(day: string, now: Date): string {
  return day === dayOf(now.toISOString()) ? now.toISOString() : new Date(at(`${day}T12:00:00`)).toISOString();
}

/** The day of a time: "2026-01-31". */
export const dayOf = (iso: string): string => dayThere(Date.parse(iso), regionNow().timeZone);

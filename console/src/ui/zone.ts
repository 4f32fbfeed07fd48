// Days and hours in a time zone by its name.

const MINUTE = 60_000;

/** How far the zone is ahead of UTC at that moment, minutes. */
export function offsetAt(moment: number, timeZone: string): number {
  const parts = new Intl.DateTimeFormat('en-US', { timeZone, hourCycle: 'h23', year: 'numeric', month: 'numeric', day: 'numeric', hour: 'numeric', minute: 'numeric', second: 'numeric' }).formatToParts(moment);
  const part = (type: Intl.DateTimeFormatPartTypes) => Number(parts.find((each) => each.type === type)?.value);
  const there = Date.UTC(part('year'), part('month') - 1, part('day'), part('hour'), part('minute'), part('second'));
  return Math.round((there - Math.floor(moment / 1_000) * 1_000) / MINUTE);
}

/** The moment at which clocks there show "2026-01-31T12:00:00". */
export function momentOf(clock: string, timeZone: string): number {
  const asUtc = Date.parse(`${clock}Z`);
  const guess = asUtc - offsetAt(asUtc, timeZone) * MINUTE;
  return asUtc - offsetAt(guess, timeZone) * MINUTE;
}

/** The day there, "2026-01-31". */
export const dayThere = (moment: number, timeZone: string): string => new Date(moment + offsetAt(moment, timeZone) * MINUTE).toISOString().slice(0, 10);

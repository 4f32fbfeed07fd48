// Days that people choose, as times: a day begins and ends where the reader is.

/** When the day "2026-01-31" begins here, ISO 8601. */
export const beginOf = (day: string) => new Date(`${day}T00:00:00`).toISOString();

/** When the day ends here: the beginning of the next. */
export function endOf(day: string): string {
  const next = new Date(`${day}T00:00:00`);
  next.setDate(next.getDate() + 1);
  return next.toISOString();
}

/** A time of that day: this moment if it is today, otherwise noon, which is the same day for readers in other zones too. */
export function within(day: string, now: Date): string {
  const noon = new Date(`${day}T12:00:00`);
  return (noon.toDateString() === now.toDateString() ? now : noon).toISOString();
}

/** The day of a time, here: "2026-01-31". */
export function dayOf(iso: string): string {
  const time = new Date(iso);
  return `${time.getFullYear()}-${String(time.getMonth() + 1).padStart(2, '0')}-${String(time.getDate()).padStart(2, '0')}`;
}

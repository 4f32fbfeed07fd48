// A notice while it is being written.
import { KINDS, type Kind, type NoticeContract, type NoticeVersion, type NoticeWish } from '../../../api/notices';
import { regionNow } from '../../../app/region';
import { dayThere, momentOf, offsetAt } from '../../../ui/zone';

export interface Draft {
  kind: Kind;
  important: boolean;
  titleJa: string;
  titleEn: string;
  textJa: string;
  textEn: string;
  everyone: boolean;
  projects: readonly string[];
  /** At once, where there is no day. */
  from: Clock;
  until: Clock;
  mail: boolean;
}

/** As it is typed: "2026-01-31", and "09:00" in the writer's zone. */
export interface Clock {
  day: string;
  time: string;
}

export const TITLE = 120;
export const TEXT = 4_000;
const DAY = 86_400_000;
/** What a new notice says at first, in days. */
const SHOWN_FOR = 14;

export const NONE: Clock = { day: '', time: '' };

const zone = () => regionNow().timeZone;

export function clockOf(iso: string): Clock {
  const moment = Date.parse(iso);
  return { day: dayThere(moment, zone()), time: new Date(moment + offsetAt(moment, zone()) * 60_000).toISOString().slice(11, 16) };
}

/** ISO 8601; null while it is no time. */
export function instantOf({ day, time }: Clock): string | null {
  const whole = `${day}T${time || '00:00'}:00`;
  return /^\d{4}-\d\d-\d\dT\d\d:\d\d:00$/.test(whole) && !Number.isNaN(Date.parse(`${whole}Z`)) ? new Date(momentOf(whole, zone())).toISOString() : null;
}

export const blank = (now = Date.now()): Draft => ({
  kind: KINDS[0],
  important: false,
  titleJa: '',
  titleEn: '',
  textJa: '',
  textEn: '',
  everyone: true,
  projects: [],
  from: NONE,
  until: { day: dayThere(now + SHOWN_FOR * DAY, zone()), time: '18:00' },
  mail: false,
});

/** What it says already, to be corrected. */
export const draftOf = (said: NoticeVersion): Draft => ({
  kind: said.kind,
  important: said.important,
  titleJa: said.title.ja,
  titleEn: said.title.en,
  textJa: said.text.ja,
  textEn: said.text.en,
  everyone: said.everyone,
  projects: said.projects,
  from: clockOf(said.shownFrom),
  until: clockOf(said.shownUntil),
  mail: false,
});

/** The same instant where nobody typed another: seconds are not shown, and are no change. */
const kept = (clock: Clock, before: string | undefined) => {
  if (before !== undefined) {
    const was = clockOf(before);
    if (was.day === clock.day && was.time === clock.time) return before;
  }
  return instantOf(clock);
};

/** What is sent; null while something is missing. */
export function wishOf(draft: Draft, before?: NoticeVersion): NoticeWish | null {
  const until = kept(draft.until, before?.shownUntil);
  const from = draft.from.day ? kept(draft.from, before?.shownFrom) : undefined;
  const texts = [draft.titleJa, draft.titleEn, draft.textJa, draft.textEn];
  if (until === null || from === null || texts.some((text) => text.trim() === '') || (!draft.everyone && draft.projects.length === 0)) return null;
  if (until <= (from ?? new Date().toISOString())) return null;
  return {
    kind: draft.kind,
    important: draft.important,
    title: { ja: draft.titleJa.trim(), en: draft.titleEn.trim() },
    text: { ja: draft.textJa.trim(), en: draft.textEn.trim() },
    everyone: draft.everyone,
    projects: draft.everyone ? [] : [...draft.projects],
    ...(from ? { shownFrom: from } : {}),
    shownUntil: until,
    mail: draft.mail,
  };
}

export const reached = (draft: Draft, contracts: readonly NoticeContract[]): NoticeContract[] =>
  contracts.filter((one) => draft.everyone || draft.projects.includes(one.project));

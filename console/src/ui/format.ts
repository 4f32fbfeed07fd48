// Numbers, sizes and times as people read them.
import { DEFAULT_REGION, type Region } from '../app/region';
import type { Language } from '../i18n';

const UNITS = ['B', 'KiB', 'MiB', 'GiB', 'TiB', 'PiB'] as const;

const marks = (language: Language, { numbers }: Region) => (numbers === 'language' ? language : numbers);

/** 41943040 → "40 MiB" */
export function formatBytes(bytes: number, language: Language, region: Region = DEFAULT_REGION): string {
  let value = bytes;
  let unit = 0;
  while (value >= 1024 && unit < UNITS.length - 1) {
    value /= 1024;
    unit++;
  }
  return `${new Intl.NumberFormat(marks(language, region), { maximumFractionDigits: value < 10 ? 1 : 0 }).format(value)} ${UNITS[unit]}`;
}

/** 2048 → "2 GiB" */
export const formatMib = (mib: number, language: Language, region?: Region) => formatBytes(mib * 1024 * 1024, language, region);

/** 12345 → "12,345" */
export const formatNumber = (value: number, language: Language, region: Region = DEFAULT_REGION) => new Intl.NumberFormat(marks(language, region)).format(value);

/** What the service gives without a zone is UTC, as the compute API writes it. */
const moment = (iso: string) => new Date(/(Z|[+-]\d\d:?\d\d)$/.test(iso) ? iso : `${iso}Z`);

function dateParts(language: Language, { dates }: Region): [string, Intl.DateTimeFormatOptions] {
  // The Swedish way is the ISO way.
  if (dates === 'iso') return ['sv-SE', { year: 'numeric', month: '2-digit', day: '2-digit' }];
  return language === 'ja' ? ['ja-JP', { year: 'numeric', month: '2-digit', day: '2-digit' }] : ['en-GB', { year: 'numeric', month: 'short', day: '2-digit' }];
}

/** Milliseconds since 1970 → the time of the day in the visitor's zone, "12:03". */
export function formatClock(at: number, language: Language, region: Region = DEFAULT_REGION): string {
  return new Intl.DateTimeFormat(language === 'ja' ? 'ja-JP' : 'en-GB', { hour: '2-digit', minute: '2-digit', hourCycle: 'h23', timeZone: region.timeZone }).format(at);
}

/** ISO 8601 → date and time with seconds, in the visitor's zone. */
export function formatTime(iso: string, language: Language, region: Region = DEFAULT_REGION): string {
  const [locale, date] = dateParts(language, region);
  return new Intl.DateTimeFormat(locale, { ...date, hour: '2-digit', minute: '2-digit', second: '2-digit', hourCycle: 'h23', timeZone: region.timeZone }).format(moment(iso));
}

/** ISO 8601 → the day, in the visitor's zone. */
export function formatDay(iso: string, language: Language, region: Region = DEFAULT_REGION): string {
  const [locale, date] = dateParts(language, region);
  return new Intl.DateTimeFormat(locale, { ...date, timeZone: region.timeZone }).format(moment(iso));
}

/** 754000 → "12 min 34 s": the two largest units. */
export function formatSpan(milliseconds: number, language: Language): string {
  const seconds = Math.max(0, Math.round(milliseconds / 1000));
  const parts: [number, string][] = [
    [Math.floor(seconds / 86_400), 'day'],
    [Math.floor(seconds / 3_600) % 24, 'hour'],
    [Math.floor(seconds / 60) % 60, 'minute'],
    [seconds % 60, 'second'],
  ];
  const first = parts.findIndex(([count]) => count > 0);
  const shown = first < 0 ? parts.slice(-1) : parts.slice(first, first + 2);
  return shown
    .filter(([count], index) => count > 0 || index === 0)
    .map(([count, unit]) => new Intl.NumberFormat(language, { style: 'unit', unit, unitDisplay: 'short' }).format(count))
    .join(' ');
}

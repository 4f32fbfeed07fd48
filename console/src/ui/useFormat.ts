// The formats of the language that is spoken now, in the visitor's zone.
import { useMemo } from 'react';
import { useLanguage } from '../app/language';
import { useRegion } from '../app/region';
import { formatBytes, formatClock, formatDay, formatMib, formatNumber, formatSpan, formatTime } from './format';

export function useFormat() {
  const { language } = useLanguage();
  const region = useRegion();
  return useMemo(
    () => ({
      bytes: (bytes: number) => formatBytes(bytes, language, region),
      mib: (mib: number) => formatMib(mib, language, region),
      gib: (gib: number) => formatMib(gib * 1024, language, region),
      number: (value: number) => formatNumber(value, language, region),
      span: (milliseconds: number) => formatSpan(milliseconds, language),
      clock: (at: number) => formatClock(at, language, region),
      day: (iso: string) => formatDay(iso, language, region),
      time: (iso: string) => formatTime(iso, language, region),
    }),
    [language, region],
  );
}

// The formats of the language that is spoken now.
import { useMemo } from 'react';
import { useLanguage } from '../app/language';
import { formatBytes, formatClock, formatDay, formatMib, formatSpan, formatTime } from './format';

export function useFormat() {
  const { language } = useLanguage();
  return useMemo(
    () => ({
      bytes: (bytes: number) => formatBytes(bytes, language),
      mib: (mib: number) => formatMib(mib, language),
      gib: (gib: number) => formatMib(gib * 1024, language),
      span: (milliseconds: number) => formatSpan(milliseconds, language),
      clock: (at: number) => formatClock(at, language),
      day: (iso: string) => formatDay(iso, language),
      time: (iso: string) => formatTime(iso, language),
    }),
    [language],
  );
}

// A schedule in words.
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { DAYS, type ScheduleSetting } from '../../../api/schedules';

export function useScheduleText() {
  const { t } = useTranslation();
  return useMemo(
    () => ({
      /** "Mon, Fri 19:00" */
      when: ({ days, date, time }: Pick<ScheduleSetting, 'days' | 'date' | 'time'>): string => {
        if (date !== null) return t('schedules.once', { date, time });
        if (days.length === DAYS.length) return t('schedules.daily', { time });
        const names = DAYS.filter((day) => days.includes(day)).map((day) => t(`schedules.short.${day}`));
        return t('schedules.weekly', { days: names.join(t('schedules.separator')), time });
      },
      does: ({ action, keep }: Pick<ScheduleSetting, 'action' | 'keep'>): string =>
        keep === null ? t(`schedules.does.${action}`) : t('schedules.snapshotKeeping', { number: keep }),
    }),
    [t],
  );
}

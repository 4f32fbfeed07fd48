// What waits for the visitor, told wherever he is: the bell's menu in the top bar, with a count that follows the service.
import type { TopNavigationProps } from '@cloudscape-design/components/top-navigation';
import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { useNavigate } from 'react-router';
import { queries } from '../../api/queries';
import { useLanguage } from '../language';
import { useMay } from '../rights';
import type { Alarm } from './alarm';
import { useAlarms } from './useAlarms';

/** The others stand on the first page. */
const MOST = 8;
const iconOf = (sign: Alarm['sign']) => `status-${sign === 'error' ? 'negative' : sign}` as const;

export function useBell(): { utility: TopNavigationProps.Utility; told: string } {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const may = useMay();
  const { language } = useLanguage();
  const alarms = useAlarms();
  const notices = useQuery({ ...queries.ownNotices(), enabled: may('notice:own') }).data ?? [];
  const unread = notices.filter((notice) => !notice.read);
  const count = alarms.length + unread.length;
  const told = count === 0 ? t('bell.none') : t('bell.count', { count });
  const lines = [
    ...(unread.length > 0
      ? [
          {
            id: 'notices',
            text: t('bell.notices'),
            items: unread.slice(0, MOST).map((notice) => ({ id: `/notices#${notice.id}`, text: notice.title[language], iconName: notice.important ? ('status-warning' as const) : ('envelope' as const) })),
          },
        ]
      : []),
    ...(alarms.length > 0
      ? [
          {
            id: 'alarms',
            text: t('bell.alarms'),
            items: alarms.slice(0, MOST).map((alarm) => ({ id: `${alarm.to}#${alarm.key}`, text: alarm.text, iconName: iconOf(alarm.sign) })),
          },
        ]
      : []),
    { id: '/', text: count === 0 ? t('bell.none') : t('bell.all', { count }) },
  ];
  return {
    told,
    utility: {
      type: 'menu-dropdown',
      iconName: 'notification',
      badge: count > 0,
      // In sight however narrow the window is: what waits is urgent.
      disableUtilityCollapse: true,
      text: count > 0 ? String(count) : '',
      title: t('bell.title'),
      ariaLabel: t('nav.named', { name: t('bell.title'), value: told }),
      items: lines,
      onItemClick: ({ detail }) => void navigate(detail.id.split('#')[0] ?? '/'),
    },
  };
}

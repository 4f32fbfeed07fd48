// What waits for the visitor or should be known to him at once, each with its next step: alarms of the site, his servers, his contract and account, the provider's access.
import type { UseQueryResult } from '@tanstack/react-query';
import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import type { HistoryPage } from '../../api/history';
import { queries } from '../../api/queries';
import { useAlarms } from '../../app/alarms/useAlarms';
import { useFormat } from '../../ui/useFormat';
import { Card, Items, type Item } from './Card';
import { runningAccess } from './changes';

export function Attention({ news }: { news: UseQueryResult<HistoryPage> | null }) {
  const { t } = useTranslation();
  const format = useFormat();
  const account = useQuery(queries.account());
  const alarms = useAlarms();
  const items: Item[] = alarms.map(({ key, sign, text, next, to, time }) => ({ key, sign, text, to, note: time ? `${next} · ${time}` : next }));
  const access = runningAccess(news?.data?.events ?? []);
  if (access) {
    const note = [access.reason, format.time(access.time)].filter((part) => part).join(' · ');
    items.push({ key: 'access', sign: 'info', text: t('home.attention.access'), to: `/history?target=${encodeURIComponent(access.target.id)}`, note });
  }
  for (const event of (news?.data?.events ?? []).filter((one) => one.action === 'alarm')) {
    const text = t('home.attention.alarm', { name: event.target.name || event.target.id });
    items.push({ key: event.id, sign: 'warning', text, to: `/history?target=${encodeURIComponent(event.target.id)}`, note: format.time(event.time) });
  }
  // Whose account cannot be read is still told of everything else.
  const asked = items.length > 0 ? { ...account, data: items, error: null } : { ...account, data: account.data && items };
  return (
    <Card title={t('home.attention.title')} asked={asked}>
      {(all) => <Items items={all} none={t('home.attention.none')} />}
    </Card>
  );
}

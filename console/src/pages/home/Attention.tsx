// What waits for the visitor or should be known to him at once: the contract's new texts, the provider's access, his own account, alarms.
import type { UseQueryResult } from '@tanstack/react-query';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { readDestinations } from '../../api/forwarding';
import type { HistoryPage } from '../../api/history';
import { CALM } from '../../api/polling';
import { queries } from '../../api/queries';
import { useLanguage } from '../../app/language';
import { useMay } from '../../app/rights';
import { useFormat } from '../../ui/useFormat';
import { conditionOf } from '../forwarding/ForwardingSign';
import { changedSections } from '../manual/revision';
import { Card, Items, type Item } from './Card';
import { runningAccess } from './changes';

/** From how many on nobody has to be told. */
const ENOUGH_CODES = 3;

export function Attention({ news }: { news: UseQueryResult<HistoryPage> | null }) {
  const { t } = useTranslation();
  const format = useFormat();
  const may = useMay();
  const { language } = useLanguage();
  const [revised] = useState(() => changedSections(language).length);
  const account = useQuery(queries.account());
  const contract = useQuery({ ...queries.contract(), enabled: may('contract:show') && !may('application:list'), retry: false });
  const forwarding = useQuery({
    queryKey: ['forwarding', ''],
    queryFn: ({ signal }) => readDestinations(undefined, signal),
    refetchInterval: CALM,
    enabled: may('history:forwarding:list'),
  });
  return (
    <Card title={t('home.attention.title')} asked={account}>
      {({ secondFactor, emailWaiting }) => {
        const items: Item[] = [];
        const toAgree = contract.data?.toAgree;
        if (toAgree) {
          items.push({ key: 'contract', sign: 'warning', text: t('contract.fresh'), to: '/contract', note: t(may('contract:agree') ? 'contract.freshText' : 'contract.freshForMaster') });
        }
        const access = runningAccess(news?.data?.events ?? []);
        if (access) items.push({ key: 'access', sign: 'info', text: t('home.attention.access'), to: `/history?target=${encodeURIComponent(access.target.id)}`, note: [access.reason, format.time(access.time)].filter((part) => part).join(' · ') });
        for (const event of (news?.data?.events ?? []).filter((one) => one.action === 'alarm')) {
          items.push({ key: event.id, sign: 'warning', text: t('home.attention.alarm', { name: event.target.name || event.target.id }), to: `/history?target=${encodeURIComponent(event.target.id)}`, note: format.time(event.time) });
        }
        for (const one of (forwarding.data ?? []).filter((each) => ['failing', 'gone'].includes(conditionOf(each)))) {
          items.push({ key: one.id, sign: 'error', text: t('home.attention.forwarding', { name: one.name }), to: `/forwarding/${one.id}`, ...(one.failingSince ? { note: t('home.since', { time: format.time(one.failingSince) }) } : {}) });
        }
        if (!secondFactor.enrolled && !secondFactor.exception) items.push({ key: 'factor', sign: 'info', text: t('home.attention.factor'), to: '/account' });
        if (secondFactor.enrolled && secondFactor.recoveryCodesLeft < ENOUGH_CODES) {
          items.push({ key: 'codes', sign: 'warning', text: t('home.attention.codes', { left: secondFactor.recoveryCodesLeft }), to: '/account' });
        }
        if (emailWaiting) items.push({ key: 'email', sign: 'pending', text: t('home.attention.email', { email: emailWaiting }), to: '/account' });
        if (revised > 0) items.push({ key: 'manual', sign: 'info', text: t('home.attention.manual', { count: revised }), to: '/manual' });
        return <Items items={items} none={t('home.attention.none')} />;
      }}
    </Card>
  );
}

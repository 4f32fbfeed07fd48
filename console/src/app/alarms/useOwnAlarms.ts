// What the customer's people have to know at once: servers, the contract, their accounts, what ends soon.
import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { queries } from '../../api/queries';
import { conditionOf } from '../../pages/forwarding/ForwardingSign';
import { endings } from '../../pages/home/expiring';
import { useFormat } from '../../ui/useFormat';
import { useMay } from '../rights';
import type { Alarm } from './alarm';

/** From how many on nobody has to be told. */
const ENOUGH_CODES = 3;
const PAGES = { password: '/account', credential: '/application-credentials' } as const;

export function useOwnAlarms(): Alarm[] {
  const { t } = useTranslation();
  const format = useFormat();
  const may = useMay();
  const provider = may('notice:list');
  const account = useQuery({ ...queries.account(), enabled: may('account:read') });
  const contract = useQuery({ ...queries.contract(), enabled: may('contract:show') && !may('application:list'), retry: false });
  const forwarding = useQuery({ ...queries.destinations(), enabled: may('history:forwarding:list') });
  const faulty = useQuery({ ...queries.faultyServers(), enabled: !provider && may('compute:server:list') });
  const resized = useQuery({ ...queries.resizedServers(), enabled: !provider && may('compute:server:list') });
  const credentials = useQuery({ ...queries.applicationCredentials(may('source-rule:update')), enabled: may('application-credential:list') });
  const alarms: Alarm[] = [];
  for (const one of provider ? [] : (faulty.data ?? [])) {
    alarms.push({ key: `server ${one.id}`, sign: 'error', text: t('alarms.server', { name: one.name }), next: t('alarms.serverNext'), to: `/servers/${one.id}` });
  }
  for (const one of provider ? [] : (resized.data ?? [])) {
    alarms.push({ key: `resized ${one.id}`, sign: 'pending', text: t('alarms.resized', { name: one.name }), next: t('alarms.resizedNext'), to: `/servers/${one.id}` });
  }
  if (contract.data?.toAgree) {
    alarms.push({ key: 'contract', sign: 'warning', text: t('contract.fresh'), next: t(may('contract:agree') ? 'contract.freshText' : 'contract.freshForMaster'), to: '/contract' });
  }
  for (const one of (forwarding.data ?? []).filter((each) => ['failing', 'gone'].includes(conditionOf(each)))) {
    alarms.push({
      key: `forwarding ${one.id}`,
      sign: 'error',
      text: t('home.attention.forwarding', { name: one.name }),
      next: t('alarms.forwardingNext'),
      to: `/forwarding/${one.id}`,
      ...(one.failingSince ? { time: t('home.since', { time: format.time(one.failingSince) }) } : {}),
    });
  }
  if (account.data) {
    const { secondFactor, emailWaiting } = account.data;
    if (!secondFactor.enrolled && !secondFactor.exception) alarms.push({ key: 'factor', sign: 'info', text: t('home.attention.factor'), next: t('alarms.factorNext'), to: '/account' });
    if (secondFactor.enrolled && secondFactor.recoveryCodesLeft < ENOUGH_CODES) {
      alarms.push({ key: 'codes', sign: 'warning', text: t('home.attention.codes', { left: secondFactor.recoveryCodesLeft }), next: t('alarms.codesNext'), to: '/account' });
    }
    if (emailWaiting) alarms.push({ key: 'email', sign: 'pending', text: t('home.attention.email', { email: emailWaiting }), next: t('alarms.emailNext'), to: '/account' });
  }
  for (const one of endings(account.data, credentials.data ?? []).filter((each) => each.state !== 'soon')) {
    alarms.push({
      key: `ending ${one.key}`,
      sign: one.state === 'ended' ? 'error' : 'warning',
      text: t(`alarms.ending.${one.kind}`, { name: one.name }),
      next: t(`alarms.endingNext.${one.kind}`),
      to: PAGES[one.kind],
      time: t(one.state === 'ended' ? 'home.expiring.ended' : 'home.expiring.ends', { time: format.time(one.ends) }),
    });
  }
  return alarms;
}

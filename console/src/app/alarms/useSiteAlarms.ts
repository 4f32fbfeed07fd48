// What the provider's people have to know at once of the site, from all registers that they may see.
import { useQueries, useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { queries } from '../../api/queries';
import { useFormat } from '../../ui/useFormat';
import { useLanguage } from '../language';
import { useMay } from '../rights';
import type { Alarm } from './alarm';
import { reasonWords } from '../../i18n/reasons';

const MINUTE = 60_000;
/** For how long the auditor may be quiet. */
const QUIET = 60 * MINUTE;
/** Emptying a host takes minutes; what takes longer waits for something. */
const LONG_DRAIN = 60 * MINUTE;
/** Seconds by which a host's clock may be off: tokens and certificates bear more, logs that are compared do not. */
const MOST_OFFSET = 1;

export function useSiteAlarms(): Alarm[] {
  const { t } = useTranslation();
  return [...useHostAlarms(), ...useWorkAlarms(), ...useTrustAlarms()].map((alarm) => ({ ...alarm, next: alarm.next || t('alarms.open') }));
}

function useHostAlarms(): Alarm[] {
  const { t } = useTranslation();
  const format = useFormat();
  const may = useMay();
  const hosts = useQuery({ ...queries.hosts(), enabled: may('compute:host:show') }).data ?? [];
  const draining = may('compute:host:show') ? hosts.filter((host) => host.drain === 'draining') : [];
  const drains = useQueries({ queries: draining.map((host) => queries.drain(host.id)) });
  const alarms: Alarm[] = [];
  for (const host of may('compute:host:show') ? hosts : []) {
    if (host.state === 'unknown') {
      alarms.push({ key: `host ${host.id}`, sign: 'error', text: t('alarms.host', { name: host.name }), next: t('alarms.hostNext'), to: '/hosts', time: `${t('hosts.lastSeen')} ${format.time(host.lastSeen)}` });
    }
    const offset = host.facts.clockOffsetSeconds ?? 0;
    if (host.state !== 'unknown' && Math.abs(offset) > MOST_OFFSET) {
      alarms.push({ key: `clock ${host.id}`, sign: 'warning', text: t('alarms.clock', { name: host.name, seconds: format.number(offset) }), next: t('alarms.clockNext'), to: '/hosts' });
    }
  }
  draining.forEach((host, index) => {
    const drain = drains[index]?.data;
    if (!drain) return;
    const stuck = drain.servers.filter((server) => server.state === 'stuck');
    const long = Date.now() - Date.parse(drain.startedAt) > LONG_DRAIN;
    if (stuck.length === 0 && !long) return;
    alarms.push({
      key: `drain ${host.id}`,
      sign: 'warning',
      text: stuck.length > 0 ? t('alarms.drainStuck', { name: host.name, count: stuck.length }) : t('alarms.drainLong', { name: host.name }),
      next: stuck[0]?.obstacle?.next ?? t('alarms.drainNext'),
      to: '/hosts',
      time: t('home.since', { time: format.time(drain.startedAt) }),
    });
  });
  return alarms;
}

function useWorkAlarms(): Alarm[] {
  const { t } = useTranslation();
  const format = useFormat();
  const may = useMay();
  const overdue = useQuery({ ...queries.overdue(), enabled: may('operation:overdue:list') }).data ?? [];
  const applications = useQuery({ ...queries.applications(), enabled: may('application:list') }).data ?? [];
  const ofService = useQuery({ ...queries.mails('service'), enabled: may('mail:outbox:read') }).data;
  const ofIdentity = useQuery({ ...queries.mails('identity'), enabled: may('mail:outbox:read') }).data;
  const alarms: Alarm[] = [];
  for (const one of overdue) {
    alarms.push({ key: `overdue ${one.id}`, sign: 'error', text: t('home.attention.alarm', { name: one.name }), next: one.reason ? reasonWords(one.reason) : t('alarms.overdueNext'), to: '/overdue-work', time: t('home.since', { time: format.time(one.since) }) });
  }
  for (const one of applications) {
    const name = `${one.number} ${one.company}`;
    if (one.contract?.trouble) alarms.push({ key: `contract ${one.number}`, sign: 'error', text: t('alarms.contract', { name }), next: one.contract.trouble, to: '/applications' });
    else if (one.state === 'submitted') alarms.push({ key: `application ${one.number}`, sign: 'pending', text: t('alarms.application', { name }), next: t('alarms.applicationNext'), to: '/applications', time: t('home.since', { time: format.time(one.createdAt) }) });
  }
  const failed = [ofService, ofIdentity].flatMap((outbox) => outbox?.mails ?? []).filter((mail) => mail.state === 'failed');
  if (failed.length > 0) alarms.push({ key: 'mails', sign: 'error', text: t('alarms.mails', { count: failed.length }), next: failed[0]?.lastError ?? t('alarms.mailsNext'), to: '/mail' });
  return alarms;
}

function useTrustAlarms(): Alarm[] {
  const { t } = useTranslation();
  const format = useFormat();
  const may = useMay();
  const { language } = useLanguage();
  const audit = useQuery({ ...queries.audit(), enabled: may('ledger:audit:show') }).data;
  const certificates = useQuery({ ...queries.certificates(), enabled: may('operation:certificate:list') }).data ?? [];
  const backups = useQuery({ ...queries.backups(), enabled: may('operation:backup:list') }).data;
  const breakGlass = useQuery({ ...queries.breakGlass(), enabled: may('operation:break-glass:list') }).data;
  const alarms: Alarm[] = [];
  audit?.findings.forEach((one, index) =>
    alarms.push({ key: `finding ${index} ${one.found}`, sign: 'error', text: t('alarms.finding'), next: (language === 'ja' && one.sentenceJa) || one.sentence, to: '/ledger-state', time: format.time(one.found) }),
  );
  if (audit && (audit.lastPass === null || Date.now() - Date.parse(audit.lastPass) > QUIET)) {
    alarms.push({ key: 'auditor', sign: 'warning', text: t('home.auditorQuiet'), next: t('alarms.auditorNext'), to: '/ledger-state' });
  }
  for (const one of certificates.filter((each) => each.failure || each.problem || ['expiring', 'urgent', 'ended'].includes(each.state))) {
    const name = t(`certificates.places.${one.name}`, { defaultValue: one.name, host: one.host ?? '' });
    alarms.push({
      key: `certificate ${one.name} ${one.host ?? ''}`,
      sign: one.state === 'urgent' || one.state === 'ended' ? 'error' : 'warning',
      text: t('alarms.certificate', { name, state: t(`certificates.states.${one.state}`) }),
      next: one.failure?.detail ?? one.detail ?? t('alarms.certificateNext'),
      to: '/certificates',
      ...(one.notAfter === undefined ? {} : { time: `${t('certificates.until')} ${format.time(one.notAfter)}` }),
    });
  }
  if (backups && (backups.state === 'failing' || backups.state === 'overdue')) {
    alarms.push({ key: 'backups', sign: 'error', text: t('alarms.backups', { state: t(`backups.states.${backups.state}`) }), next: t('alarms.backupsNext'), to: '/backups' });
  }
  for (const one of breakGlass?.logIns ?? []) {
    alarms.push({ key: `log-in ${one.id}`, sign: 'error', text: t('home.logIn', { host: one.hostName, user: one.user }), next: t('alarms.logInNext'), to: '/break-glass', time: format.time(one.at) });
  }
  for (const one of (breakGlass?.cases ?? []).filter((each) => each.state === 'requested' || each.state === 'review_due')) {
    const what = one.host ? t('breakGlass.subject.host', { name: one.host.name }) : t('breakGlass.subject.project', { name: one.project ?? '' });
    const state = one.state === 'requested' ? 'requested' : 'review_due';
    alarms.push({ key: `case ${one.id}`, sign: 'pending', text: `${t(`breakGlass.states.${state}`)}: ${what}`, next: t(`alarms.cases.${state}`), to: '/break-glass', time: format.time(one.requestedAt) });
  }
  return alarms;
}

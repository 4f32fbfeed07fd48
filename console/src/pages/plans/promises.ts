// What a plan promises, in words for who has to choose one or to live with it: made from its policies, so that any plan can be read.
import type { TFunction } from 'i18next';
import type { Plan } from '../../api/plans';
import type { Language } from '../../i18n';

export interface Promised {
  id: 'passwords' | 'passwordEnds' | 'reset' | 'secondFactor' | 'users' | 'access' | 'hosts' | 'backup' | 'residency' | 'graphs' | 'alarms' | 'erasure' | 'maintenance' | 'incidents' | 'changes' | 'records';
  /** Which policy of the plan's document it comes from. */
  policy: 'credentials' | 'userAdministration' | 'portalAccess' | 'placement' | 'backup' | 'residency' | 'monitoring' | 'erasure' | 'notice' | 'retention';
  text: (plan: Plan) => string;
}

/** The promises in the order of reading. */
export function promises(t: TFunction, language: Language): Promised[] {
  const days = (count: number) => new Intl.NumberFormat(language, { style: 'unit', unit: 'day', unitDisplay: 'long' }).format(count);
  const minutes = (count: number) => new Intl.NumberFormat(language, { style: 'unit', unit: 'minute', unitDisplay: 'long' }).format(count);
  const between = language === 'ja' ? '' : ' ';
  const list = (words: readonly string[]) => new Intl.ListFormat(language, { type: 'conjunction' }).format(words);
  const metrics = (plan: Plan, which: 'graphs' | 'standardAlarms') => list(plan.monitoring[which].map((metric) => t(`plans.metrics.${metric}`)));
  const country = new Intl.DisplayNames(language, { type: 'region' });
  return [
    { id: 'passwords', policy: 'credentials', text: ({ credentials }) => t(`plans.passwords.${credentials.issued}`) },
    {
      id: 'passwordEnds',
      policy: 'credentials',
      text: ({ credentials: { expiresAfterDays, differsFromLast } }) =>
        [
          expiresAfterDays === null ? t('plans.passwordEnds.never') : t('plans.passwordEnds.after', { days: days(expiresAfterDays) }),
          differsFromLast === 1 ? t('plans.passwordEnds.differsFromPresent') : t('plans.passwordEnds.differs', { number: differsFromLast }),
        ].join(between),
    },
    {
      id: 'reset',
      policy: 'credentials',
      text: ({ credentials: { resetMinutes } }) => (resetMinutes === null ? t('plans.reset.provider') : t('plans.reset.mail', { minutes: minutes(resetMinutes) })),
    },
    { id: 'secondFactor', policy: 'credentials', text: ({ credentials }) => t(`plans.secondFactor.${credentials.secondFactor}`) },
    { id: 'users', policy: 'userAdministration', text: (plan) => t(`plans.users.${plan.userAdministration}`) },
    {
      id: 'access',
      policy: 'portalAccess',
      text: ({ portalAccess }) =>
        portalAccess.length === 0 ? t('plans.access.open') : portalAccess.map((gate) => t(`plans.access.${gate}`)).join(between),
    },
    {
      id: 'hosts',
      policy: 'placement',
      text: ({ placement: { hosts, fewestHosts } }) => (hosts === 'shared' ? t('plans.hosts.shared') : t('plans.hosts.dedicated', { number: fewestHosts })),
    },
    { id: 'backup', policy: 'backup', text: (plan) => t(`plans.backup.${plan.backup}`) },
    {
      id: 'residency',
      policy: 'residency',
      text: ({ residency }) =>
        residency === null ? t('plans.residency.anywhere') : t('plans.residency.countries', { countries: list(residency.map((code) => country.of(code) ?? code)) }),
    },
    { id: 'graphs', policy: 'monitoring', text: (plan) => (plan.monitoring.graphs.length === 0 ? t('plans.graphs.none') : t('plans.graphs.of', { metrics: metrics(plan, 'graphs') })) },
    {
      id: 'alarms',
      policy: 'monitoring',
      text: (plan) => (plan.monitoring.standardAlarms.length === 0 ? t('plans.alarms.own') : t('plans.alarms.standard', { metrics: metrics(plan, 'standardAlarms') })),
    },
    { id: 'erasure', policy: 'erasure', text: ({ erasure: { extent, graceDays } }) => t(`plans.erasure.${extent}`, { days: days(graceDays) }) },
    {
      id: 'maintenance',
      policy: 'notice',
      text: ({ notice }) =>
        t('plans.maintenance', { days: days(notice.maintenanceDays), channels: list(notice.channels.map((channel) => t(`plans.channels.${channel}`))) }),
    },
    { id: 'incidents', policy: 'notice', text: ({ notice }) => t('plans.incidents', { count: notice.incidentBusinessDays }) },
    { id: 'changes', policy: 'notice', text: ({ notice }) => t('plans.changes', { days: days(notice.planChangeDays) }) },
    {
      id: 'records',
      policy: 'retention',
      text: ({ retention }) => t('plans.records', { operations: days(retention.operationDays), signIns: days(retention.signInDays) }),
    },
  ];
}

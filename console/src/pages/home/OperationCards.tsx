// What the provider's people look at first: hosts, work that is late, and everything that waits for somebody. Each card is for who may see its page.
import ColumnLayout from '@cloudscape-design/components/column-layout';
import ProgressBar from '@cloudscape-design/components/progress-bar';
import SpaceBetween from '@cloudscape-design/components/space-between';
import { useQuery } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { Host, Room } from '../../api/hosts';
import type { Outbox } from '../../api/mail';
import { queries } from '../../api/queries';
import { useFormat } from '../../ui/useFormat';
import { Card, Counts, Items, type Item } from './Card';

/** For whoever may see it, in the order of what cannot wait. */
export const operationCards = (may: (action: string) => boolean): (ReactNode | false)[] => [
  may('compute:host:show') && <Hosts key="hosts" />,
  may('operation:overdue:list') && <Overdue key="overdue" />,
  may('operation:break-glass:list') && <BreakGlass key="break-glass" />,
  may('application:list') && <Applications key="applications" />,
  may('mail:outbox:read') && <Mails key="mails" />,
  may('ledger:audit:show') && <Ledger key="ledger" />,
  may('operation:certificate:list') && <Certificates key="certificates" />,
  may('operation:backup:list') && <Backups key="backups" />,
];

const MOST = 6;

const sum = (hosts: readonly Host[], room: (host: Host) => Room): Room =>
  hosts.map(room).reduce((all, one) => ({ total: all.total + one.total, used: all.used + one.used }), { total: 0, used: 0 });

function Hosts() {
  const { t } = useTranslation();
  const format = useFormat();
  return (
    <Card title={t('nav.hosts')} more={{ to: '/hosts', text: t('home.toPage', { page: t('nav.hosts') }) }} asked={useQuery(queries.hosts())}>
      {(hosts) => {
        const silent = hosts.filter((host) => host.state === 'unknown');
        const use = (key: string, room: Room, amount: (value: number) => string) => (
          <ProgressBar
            key={key}
            label={key}
            value={room.total === 0 ? 0 : (100 * room.used) / room.total}
            description={t('home.usedOf', { used: amount(room.used), all: amount(room.total) })}
          />
        );
        return (
          <SpaceBetween size="s">
            <Counts
              counts={[
                { key: 'up', text: t('hosts.states.up'), count: hosts.filter((host) => host.state === 'up').length, sign: 'success' },
                { key: 'maintenance', text: t('hosts.states.maintenance'), count: hosts.filter((host) => host.state === 'maintenance').length, sign: 'stopped' },
                { key: 'unknown', text: t('hosts.states.unknown'), count: silent.length, sign: silent.length > 0 ? 'error' : 'success' },
              ]}
            />
            {silent.length > 0 && (
              <Items
                items={silent.slice(0, MOST).map((host) => ({ key: host.id, sign: 'error', text: host.name, to: '/hosts', note: `${t('hosts.lastSeen')} ${format.time(host.lastSeen)}` }))}
                none=""
              />
            )}
            <ColumnLayout columns={3} minColumnWidth={120}>
              {use(t('quota.vcpus'), sum(hosts, (host) => host.vcpus), String)}
              {use(t('quota.ram'), sum(hosts, (host) => host.memoryMib), format.mib)}
              {use(t('hosts.disk'), sum(hosts, (host) => host.diskGib), format.gib)}
            </ColumnLayout>
          </SpaceBetween>
        );
      }}
    </Card>
  );
}

function Overdue() {
  const { t } = useTranslation();
  const format = useFormat();
  return (
    <Card title={t('overdue.title')} description={t('overdue.short')} more={{ to: '/overdue-work', text: t('home.toPage', { page: t('overdue.title') }) }} asked={useQuery(queries.overdue())}>
      {(servers) => (
        <Items
          items={servers.slice(0, MOST).map((one) => ({ key: one.id, sign: 'error', text: one.name, to: '/overdue-work', note: t('home.since', { time: format.time(one.since) }) }))}
          none={t('overdue.none')}
        />
      )}
    </Card>
  );
}

function BreakGlass() {
  const { t } = useTranslation();
  const format = useFormat();
  return (
    <Card title={t('nav.breakGlass')} more={{ to: '/break-glass', text: t('home.toPage', { page: t('nav.breakGlass') }) }} asked={useQuery(queries.breakGlass())}>
      {({ cases, logIns }) => {
        const waiting = cases.filter((one) => ['requested', 'running', 'review_due'].includes(one.state));
        const signs = { requested: 'pending', running: 'warning', review_due: 'pending' } as const;
        const items: Item[] = [
          ...logIns.map((one): Item => ({ key: one.id, sign: 'error', text: t('home.logIn', { host: one.hostName, user: one.user }), to: '/break-glass', note: format.time(one.at) })),
          ...waiting.map((one): Item => ({
            key: one.id,
            sign: signs[one.state as keyof typeof signs],
            text: `${t(`breakGlass.states.${one.state as keyof typeof signs}`)}: ${one.host ? t('breakGlass.subject.host', { name: one.host.name }) : t('breakGlass.subject.project', { name: one.project ?? '' })}`,
            to: '/break-glass',
            note: [one.requestedBy.name, one.ticket, format.time(one.requestedAt)].join(' · '),
          })),
        ];
        return <Items items={items.slice(0, MOST)} none={t('breakGlass.nothingOpen')} />;
      }}
    </Card>
  );
}

function Applications() {
  const { t } = useTranslation();
  const format = useFormat();
  return (
    <Card title={t('nav.applications')} more={{ to: '/applications', text: t('home.toPage', { page: t('nav.applications') }) }} asked={useQuery(queries.applications())}>
      {(applications) => {
        const items: Item[] = applications.flatMap((one): Item[] => {
          const line = { key: one.number, text: `${one.number} ${one.company}`, to: '/applications' };
          if (one.contract?.trouble) return [{ ...line, sign: 'error', note: one.contract.trouble }];
          return one.state === 'submitted' ? [{ ...line, sign: 'pending', note: `${t('application.states.submitted')} · ${format.time(one.createdAt)}` }] : [];
        });
        return <Items items={items.slice(0, MOST)} none={t('home.noApplications')} />;
      }}
    </Card>
  );
}

function Mails() {
  const { t } = useTranslation();
  const service = useQuery(queries.mails('service'));
  const identity = useQuery(queries.mails('identity'));
  const failed = service.error ? service : identity;
  const asked = service.data && identity.data ? { ...service, error: failed.error, data: [service.data, identity.data] } : { ...failed, data: undefined };
  return (
    <Card title={t('nav.mail')} more={{ to: '/mail', text: t('home.toPage', { page: t('nav.mail') }) }} asked={asked}>
      {(outboxes) => <MailCounts outboxes={outboxes} />}
    </Card>
  );
}

function MailCounts({ outboxes }: { outboxes: readonly Outbox[] }) {
  const { t } = useTranslation();
  const mails = outboxes.flatMap((outbox) => outbox.mails);
  const failed = mails.filter((mail) => mail.state === 'failed');
  const tried = mails.filter((mail) => mail.state === 'waiting' && mail.tries > 0);
  const waiting = mails.filter((mail) => mail.state === 'waiting' && mail.tries === 0);
  return (
    <SpaceBetween size="s">
      <Counts
        counts={[
          { key: 'waiting', text: t('mail.states.waiting'), count: waiting.length, sign: 'pending' },
          { key: 'tried', text: t('home.mailTried'), count: tried.length, sign: tried.length > 0 ? 'warning' : 'success' },
          { key: 'failed', text: t('mail.states.failed'), count: failed.length, sign: failed.length > 0 ? 'error' : 'success' },
        ]}
      />
      {outboxes.some((outbox) => outbox.relay === null) && <Items items={[{ key: 'relay', sign: 'info', text: t('mail.noRelay'), to: '/mail' }]} none="" />}
    </SpaceBetween>
  );
}

/** For how long the auditor may be quiet, in milliseconds. */
const QUIET = 3_600_000;

function Ledger() {
  const { t, i18n } = useTranslation();
  const format = useFormat();
  const audit = useQuery(queries.audit());
  return (
    <Card title={t('nav.ledger')} more={{ to: '/ledger-state', text: t('home.toPage', { page: t('nav.ledger') }) }} asked={audit}>
      {({ findings, lastPass }) => {
        const items: Item[] = findings.map((one, index) => ({ key: String(index), sign: 'error', text: (i18n.language === 'ja' && one.sentenceJa) || one.sentence, to: '/ledger-state', note: format.time(one.found) }));
        if (lastPass === null || Date.now() - Date.parse(lastPass) > QUIET) {
          items.push({ key: 'quiet', sign: 'warning', text: t('home.auditorQuiet'), to: '/ledger-state', ...(lastPass === null ? {} : { note: format.time(lastPass) }) });
        }
        return <Items items={items.slice(0, MOST)} none={t('home.noFindings')} />;
      }}
    </Card>
  );
}

function Certificates() {
  const { t } = useTranslation();
  const format = useFormat();
  return (
    <Card title={t('nav.certificates')} more={{ to: '/certificates', text: t('home.toPage', { page: t('nav.certificates') }) }} asked={useQuery(queries.certificates())}>
      {(certificates) => (
        <Items
          items={certificates
            .filter((one) => one.failure || one.problem || ['expiring', 'urgent', 'ended'].includes(one.state))
            .slice(0, MOST)
            .map((one) => ({
              key: `${one.name} ${one.host ?? ''}`,
              sign: one.state === 'urgent' || one.state === 'ended' ? 'error' : 'warning',
              text: t(`certificates.places.${one.name}`, { defaultValue: one.name, host: one.host ?? '' }),
              to: '/certificates',
              note: one.notAfter === undefined ? t(`certificates.states.${one.state}`) : `${t('certificates.until')} ${format.time(one.notAfter)}`,
            }))}
          none={t('home.noCertificates')}
        />
      )}
    </Card>
  );
}

function Backups() {
  const { t } = useTranslation();
  const format = useFormat();
  const signs = { none: 'warning', good: 'success', failing: 'error', overdue: 'error' } as const;
  return (
    <Card title={t('nav.backups')} more={{ to: '/backups', text: t('home.toPage', { page: t('nav.backups') }) }} asked={useQuery(queries.backups())}>
      {({ state, newestAt }) => (
        <Items
          items={[{ key: 'state', sign: signs[state], text: t(`backups.states.${state}`), to: '/backups', ...(newestAt === null ? {} : { note: format.time(newestAt) }) }]}
          none=""
        />
      )}
    </Card>
  );
}

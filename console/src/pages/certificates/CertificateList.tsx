// The certificates of the site: until when is each good, who renews it, and what is wrong.
import Alert from '@cloudscape-design/components/alert';
import SpaceBetween from '@cloudscape-design/components/space-between';
import StatusIndicator from '@cloudscape-design/components/status-indicator';
import { useQuery } from '@tanstack/react-query';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import type { Certificate } from '../../api/certificates';
import { queries } from '../../api/queries';
import { useCrumbs } from '../../app/crumbs';
import { ResourceTable, type Column } from '../../ui/ResourceTable';
import { useFormat } from '../../ui/useFormat';

const SIGNS = { good: 'success', expiring: 'warning', urgent: 'error', ended: 'error', unseen: 'pending' } as const;
const DAY = 86_400_000;

export default function CertificateList() {
  const { t } = useTranslation();
  useCrumbs({ text: t('nav.certificates') });
  const certificates = useQuery(queries.certificates());
  const place = usePlace();
  const columns = useColumns(place);
  return (
    <SpaceBetween size="s">
      {(certificates.data ?? [])
        .filter((one) => one.problem !== undefined || ['expiring', 'urgent', 'ended'].includes(one.state))
        .map((one) => (
          <Trouble key={key(one)} certificate={one} place={place(one)} />
        ))}
      <ResourceTable<Certificate>
        id="certificates"
        title={t('nav.certificates')}
        description={t('certificates.text')}
        items={certificates.data}
        error={certificates.error}
        refreshing={false}
        onRefresh={() => void certificates.refetch()}
        columns={columns}
        trackBy={key}
        label={place}
        defaultSort={{ column: 'until' }}
        empty={{ title: t('certificates.empty.title'), text: t('certificates.empty.text') }}
      />
    </SpaceBetween>
  );
}

const key = (certificate: Certificate) => `${certificate.name} ${certificate.host ?? ''}`;

function usePlace() {
  const { t } = useTranslation();
  return useMemo(
    () => (certificate: Certificate) => t(`certificates.places.${certificate.name}`, { defaultValue: certificate.name, host: certificate.host ?? '' }),
    [t],
  );
}

/** What is wrong with it, and what to do: who renews it says what. */
function Trouble({ certificate, place }: { certificate: Certificate; place: string }) {
  const { t } = useTranslation();
  const format = useFormat();
  if (certificate.problem !== undefined) {
    return (
      <Alert type="warning" header={t(`certificates.problems.${certificate.problem}.title`, { place })}>
        {t(`certificates.problems.${certificate.problem}.text`, { detail: certificate.detail ?? '' })}
      </Alert>
    );
  }
  const time = certificate.notAfter === undefined ? '' : format.time(certificate.notAfter);
  return (
    <Alert
      type={certificate.state === 'expiring' ? 'warning' : 'error'}
      header={t(certificate.state === 'ended' ? 'certificates.endedTitle' : 'certificates.endsTitle', { place, time })}
    >
      {t(`certificates.next.${certificate.renewal}`)}
    </Alert>
  );
}

function useColumns(place: (certificate: Certificate) => string): readonly Column<Certificate>[] {
  const { t } = useTranslation();
  const format = useFormat();
  return useMemo(
    () => [
      { id: 'place', header: t('certificates.place'), value: place, cell: place },
      {
        id: 'state',
        header: t('servers.status'),
        value: (one) => t(`certificates.states.${one.state}`),
        cell: (one) => <StatusIndicator type={SIGNS[one.state]}>{t(`certificates.states.${one.state}`)}</StatusIndicator>,
      },
      {
        id: 'until',
        header: t('certificates.until'),
        value: (one) => one.notAfter ?? '',
        cell: (one) =>
          one.notAfter === undefined ? '–' : t('certificates.untilDays', { time: format.time(one.notAfter), days: daysLeft(one.notAfter) }),
      },
      {
        id: 'renewal',
        header: t('certificates.renewal'),
        value: (one) => t(`certificates.renewals.${one.renewal}`),
        cell: (one) => t(`certificates.renewals.${one.renewal}`),
      },
      { id: 'names', header: t('certificates.names'), value: (one) => (one.names ?? []).join(' '), cell: (one) => (one.names ?? []).join(', ') || '–' },
      { id: 'issuer', header: t('certificates.issuer'), value: (one) => one.issuer ?? '', cell: (one) => one.issuer ?? '–' },
      { id: 'subject', header: t('certificates.subject'), value: (one) => one.subject ?? '', cell: (one) => one.subject ?? '–', hidden: true },
      {
        id: 'from',
        header: t('certificates.from'),
        value: (one) => one.notBefore ?? '',
        cell: (one) => (one.notBefore === undefined ? '–' : format.time(one.notBefore)),
        hidden: true,
      },
      {
        id: 'fingerprint',
        header: t('certificates.fingerprint'),
        value: (one) => one.fingerprint ?? '',
        cell: (one) => (one.fingerprint === undefined ? '–' : <code>{one.fingerprint}</code>),
        hidden: true,
      },
    ],
    [format, place, t],
  );
}

const daysLeft = (until: string) => Math.max(0, Math.floor((Date.parse(until) - Date.now()) / DAY));

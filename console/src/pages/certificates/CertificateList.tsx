// The certificates of the site: until when is each good, who renews it, and what is wrong.
import Alert from '@cloudscape-design/components/alert';
import Box from '@cloudscape-design/components/box';
import Button from '@cloudscape-design/components/button';
import SpaceBetween from '@cloudscape-design/components/space-between';
import StatusIndicator from '@cloudscape-design/components/status-indicator';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { retryRenewal, type Certificate } from '../../api/certificates';
import { queries } from '../../api/queries';
import { useCrumbs } from '../../app/crumbs';
import { useMay } from '../../app/rights';
import { CommandsButton } from '../../ui/CommandsButton';
import { Failure } from '../../ui/Failure';
import { ResourceTable, type Column } from '../../ui/ResourceTable';
import { useFormat } from '../../ui/useFormat';

const SIGNS = { good: 'success', expiring: 'warning', urgent: 'error', ended: 'error', unseen: 'pending' } as const;
const HOUR = 3_600_000;
const DAY = 24 * HOUR;
/** How often it is looked for what came of an order, every two seconds. */
const LOOKS = 15;

export default function CertificateList() {
  const { t } = useTranslation();
  useCrumbs({ text: t('nav.certificates') });
  const certificates = useQuery(queries.certificates());
  const place = usePlace();
  const columns = useColumns(place);
  return (
    <SpaceBetween size="s">
      {(certificates.data ?? [])
        .filter((one) => one.failure !== undefined || one.problem !== undefined || ends(one))
        .map((one) => (
          <Troubles key={key(one)} certificate={one} place={place(one)} />
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

const ends = (certificate: Certificate) => ['expiring', 'urgent', 'ended'].includes(certificate.state);
const key = (certificate: Certificate) => `${certificate.name} ${certificate.host ?? ''}`;

function usePlace() {
  const { t } = useTranslation();
  return useMemo(
    () => (certificate: Certificate) => t(`certificates.places.${certificate.name}`, { defaultValue: certificate.name, host: certificate.host ?? '' }),
    [t],
  );
}

/** What is wrong with it, and what to do: who renews it says what. */
function Troubles({ certificate, place }: { certificate: Certificate; place: string }) {
  const { t } = useTranslation();
  const may = useMay();
  const format = useFormat();
  const { failure, problem, state } = certificate;
  const time = certificate.notAfter === undefined ? '' : format.time(certificate.notAfter);
  return (
    <SpaceBetween size="s">
      {problem !== undefined && (
        <Alert type="warning" header={t(`certificates.problems.${problem}.title`, { place })}>
          {t(`certificates.problems.${problem}.text`, { detail: certificate.detail ?? '' })}
        </Alert>
      )}
      {failure !== undefined && (
        <Alert
          type="warning"
          header={t('certificates.failedTitle', { place })}
          action={certificate.renewal === 'acme' && may('operation:certificate:retry') && <Retry certificate={certificate} />}
        >
          {[
            t(`certificates.failures.${failure.reason}`, {
              defaultValue: failure.detail,
              first: failure.values[0] ?? '',
              second: failure.values[1] ?? '',
              third: failure.values[2] ?? '',
            }),
            certificate.nextTryAt === undefined ? '' : t('certificates.nextTry', { time: format.time(certificate.nextTryAt) }),
            ends(certificate) ? '' : t('certificates.staysInUse'),
          ]
            .filter((sentence) => sentence !== '')
            .map((sentence) => (
              // Those of other programs end as they like.
              <div key={sentence}>{sentence}</div>
            ))}
        </Alert>
      )}
      {ends(certificate) && (
        <Alert
          type={state === 'expiring' ? 'warning' : 'error'}
          header={t(state === 'ended' ? 'certificates.endedTitle' : 'certificates.endsTitle', { place, time })}
        >
          {t(`certificates.next.${certificate.renewal}`)}
        </Alert>
      )}
    </SpaceBetween>
  );
}

/** Orders again at once, such as when the cause was mended, and waits for what comes of it: seconds, as a rule. */
function Retry({ certificate }: { certificate: Certificate }) {
  const { t } = useTranslation();
  const client = useQueryClient();
  const retry = useMutation({
    mutationFn: async () => {
      await retryRenewal(certificate.name);
      for (let look = 0; look < LOOKS; look++) {
        await new Promise((resolve) => setTimeout(resolve, 2000));
        const now = await client.fetchQuery({ ...queries.certificates(), staleTime: 0 });
        if (now.find((one) => one.name === certificate.name)?.triedAt !== certificate.triedAt) return;
      }
    },
    onSettled: () => client.invalidateQueries({ queryKey: queries.certificates().queryKey }),
  });
  return (
    <SpaceBetween size="xs">
      <SpaceBetween direction="horizontal" size="xxs">
        <CommandsButton actions={[{ text: t('certificates.retry'), acts: [retryRenewal.describe(certificate.name)] }]} />
        <Button loading={retry.isPending} onClick={() => retry.mutate()}>
          {t('certificates.retry')}
        </Button>
      </SpaceBetween>
      <Failure error={retry.error} />
    </SpaceBetween>
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
        cell: (one) => {
          if (one.notAfter === undefined) return '–';
          const time = format.time(one.notAfter);
          const left = Math.max(0, Date.parse(one.notAfter) - Date.now());
          if (left === 0) return time;
          // Certificates of hosts are good for one day.
          return left < 2 * DAY
            ? t('certificates.untilHours', { time, hours: Math.floor(left / HOUR) })
            : t('certificates.untilDays', { time, days: Math.floor(left / DAY) });
        },
      },
      {
        id: 'renewal',
        header: t('certificates.renewal'),
        value: (one) => t(`certificates.renewals.${one.renewal}`),
        cell: (one) => (
          <>
            {t(`certificates.renewals.${one.renewal}`)}
            {one.origin !== undefined && (
              <Box variant="small" display="block">
                {one.origin}
              </Box>
            )}
          </>
        ),
      },
      {
        id: 'tried',
        header: t('certificates.tried'),
        value: (one) => one.triedAt ?? '',
        cell: (one) =>
          one.triedAt === undefined ? (
            '–'
          ) : one.failure === undefined ? (
            format.time(one.triedAt)
          ) : (
            <StatusIndicator type="warning">{t('certificates.triedInVain', { time: format.time(one.triedAt) })}</StatusIndicator>
          ),
      },
      {
        id: 'renews',
        header: t('certificates.renews'),
        value: (one) => one.nextTryAt ?? one.renewsAt ?? '',
        cell: (one) => {
          const next = one.nextTryAt ?? one.renewsAt;
          return next === undefined ? '–' : format.time(next);
        },
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

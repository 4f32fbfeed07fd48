// Why the server is on its host, or on none; for the provider's people.
import Alert from '@cloudscape-design/components/alert';
import Box from '@cloudscape-design/components/box';
import Container from '@cloudscape-design/components/container';
import ExpandableSection from '@cloudscape-design/components/expandable-section';
import Header from '@cloudscape-design/components/header';
import KeyValuePairs from '@cloudscape-design/components/key-value-pairs';
import SpaceBetween from '@cloudscape-design/components/space-between';
import StatusIndicator from '@cloudscape-design/components/status-indicator';
import Table from '@cloudscape-design/components/table';
import { useQuery } from '@tanstack/react-query';
import type { TFunction } from 'i18next';
import { useTranslation } from 'react-i18next';
import type { Search } from '../../../api/placement';
import { queries } from '../../../api/queries';
import { Failure } from '../../../ui/Failure';
import { useFormat } from '../../../ui/useFormat';
import { Waiting } from '../../../ui/Waiting';

const SIGNS = { placed: 'success', nowhere: 'error', later: 'pending' } as const;

export default function Placement({ server }: { server: string }) {
  const { t } = useTranslation();
  const { data, error, refetch } = useQuery(queries.placement(server));
  if (!data) return error ? <Failure error={error} onRetry={() => void refetch()} /> : <Waiting />;
  return (
    <Container
      header={
        <Header variant="h2" description={t('placement.text')}>
          {t('placement.title')}
        </Header>
      }
    >
      <SpaceBetween size="l">
        {data.length === 0 && <Box color="text-body-secondary">{t('placement.none')}</Box>}
        {data.map((search, index) => (
          <OneSearch key={search.at} search={search} open={index === 0} />
        ))}
      </SpaceBetween>
    </Container>
  );
}

function OneSearch({ search, open }: { search: Search; open: boolean }) {
  const { t } = useTranslation();
  const format = useFormat();
  const { wanted, steps } = search.search;
  const outcome = search.outcome === 'placed' ? t('placement.placed', { host: search.host ?? '' }) : t(`placement.${search.outcome}`);
  const needed = [
    t('placement.wantedText', { vcpus: wanted.vcpus, ram: format.mib(wanted.memoryMib), disk: format.gib(wanted.diskGib) }),
    ...(wanted.zone === null ? [] : [t('placement.inZone', { zone: wanted.zone })]),
    ...(wanted.host === null ? [] : [t('placement.onHost', { host: wanted.host })]),
    ...(wanted.uefi ? [t('placement.uefi')] : []),
  ];
  return (
    <ExpandableSection
      defaultExpanded={open}
      headerText={<StatusIndicator type={SIGNS[search.outcome]}>{outcome}</StatusIndicator>}
      headerDescription={format.time(search.at)}
    >
      <SpaceBetween size="m">
        <Why search={search} />
        <KeyValuePairs
          columns={2}
          items={[
            { label: t('placement.wanted'), value: needed.map((line) => <div key={line}>{line}</div>) },
            ...(steps.length === 0
              ? []
              : [
                  {
                    label: t('placement.steps'),
                    value: steps.map((step) => <div key={step.filter}>{`${wordOf(t, step.filter)}: ${step.before} → ${step.after}`}</div>),
                  },
                ]),
          ]}
        />
        <Hosts search={search} />
      </SpaceBetween>
    </ExpandableSection>
  );
}

/** In one sentence. */
function Why({ search }: { search: Search }) {
  const { t } = useTranslation();
  if (search.outcome === 'placed') {
    const outrun = search.search.hosts.filter((host) => host.lacks === 'outrun').length;
    const soft = search.search.wanted.group.startsWith('rather');
    return (
      <Alert type="info">
        {t(soft ? 'placement.company' : 'placement.roomiest')} {outrun > 0 && t('placement.outrun', { number: outrun })}
      </Alert>
    );
  }
  return (
    <Alert type={search.outcome === 'nowhere' ? 'error' : 'warning'}>
      <div>{search.shortage === null ? t('placement.later') : t('placement.short', { filter: wordOf(t, search.shortage) })}</div>
      <div lang="en">{search.sentence}</div>
    </Alert>
  );
}

function Hosts({ search }: { search: Search }) {
  const { t } = useTranslation();
  const format = useFormat();
  const verdict = (host: Search['search']['hosts'][number]) => {
    if (search.outcome === 'placed' && host.name === search.host) return <StatusIndicator type="success">{t('placement.chosen')}</StatusIndicator>;
    if (host.lacks === null) return <StatusIndicator type="info">{t('placement.fits')}</StatusIndicator>;
    return <StatusIndicator type="stopped">{wordOf(t, host.lacks)}</StatusIndicator>;
  };
  return (
    <Table
      variant="embedded"
      contentDensity="compact"
      items={search.search.hosts}
      trackBy="name"
      ariaLabels={{ tableLabel: t('placement.host') }}
      columnDefinitions={[
        { id: 'name', header: t('placement.host'), cell: (host) => host.name, isRowHeader: true },
        { id: 'verdict', header: t('placement.verdict'), cell: verdict },
        { id: 'memory', header: t('placement.freeMemory'), cell: (host) => format.mib(Math.max(0, host.freeMemoryMib)) },
        { id: 'vcpus', header: t('placement.freeVcpus'), cell: (host) => host.freeVcpus },
        { id: 'disk', header: t('placement.freeDisk'), cell: (host) => format.gib(Math.max(0, host.freeDiskGib)) },
        { id: 'guests', header: t('placement.guests'), cell: (host) => host.guests },
        { id: 'zone', header: t('hosts.zone'), cell: (host) => host.zone },
      ]}
    />
  );
}

const FILTERS = ['hosts', 'owner', 'left', 'zone', 'host', 'firmware', 'node', 'maintenance', 'company', 'memory', 'vcpus', 'disk', 'silent', 'outrun'] as const;

/** A condition that came later than this page is called by its own name. */
function wordOf(t: TFunction, filter: string): string {
  const known = FILTERS.find((each) => each === filter);
  return known ? t(`placement.filters.${known}`) : filter;
}

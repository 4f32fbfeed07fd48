// Which packets the project's security groups dropped or let through, and the switch that has them noted.
import Alert from '@cloudscape-design/components/alert';
import Box from '@cloudscape-design/components/box';
import Button from '@cloudscape-design/components/button';
import ButtonDropdown from '@cloudscape-design/components/button-dropdown';
import Header from '@cloudscape-design/components/header';
import Select from '@cloudscape-design/components/select';
import SpaceBetween from '@cloudscape-design/components/space-between';
import StatusIndicator from '@cloudscape-design/components/status-indicator';
import Table from '@cloudscape-design/components/table';
import { infiniteQueryOptions, queryOptions, useInfiniteQuery, useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import {
  exportFirewallEntries,
  listFirewallLogs,
  readFirewallEntries,
  switchFirewallLog,
  type FirewallEntry,
  type FirewallExport,
  type FirewallQuery,
} from '../../api/firewall';
import { CALM, followed } from '../../api/polling';
import { queries } from '../../api/queries';
import { useCrumbs } from '../../app/crumbs';
import { useMay } from '../../app/rights';
import { Failure } from '../../ui/Failure';
import { RouteLink } from '../../ui/RouteLink';
import { saveBlob } from '../../ui/saveText';
import { useFormat } from '../../ui/useFormat';
import { SwitchOn } from './SwitchOn';

const logs = () => queryOptions({ queryKey: ['firewallLogs'], queryFn: ({ signal }) => listFirewallLogs(signal), refetchInterval: () => followed(CALM) });

const entryPages = (query: FirewallQuery) =>
  infiniteQueryOptions({
    queryKey: ['firewallEntries', query],
    queryFn: ({ pageParam, signal }) => readFirewallEntries(query, pageParam, signal),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (last) => last.next ?? undefined,
    refetchInterval: (state) => ((state.state.data?.pages.length ?? 0) > 1 ? false : CALM),
  });

export default function FirewallLogPage() {
  const { t } = useTranslation();
  const may = useMay();
  const maySwitch = may('network:log:update');
  useCrumbs({ text: t('nav.firewallLog') });
  const format = useFormat();
  const client = useQueryClient();
  const [query, setQuery] = useState<FirewallQuery>({});
  const [opening, setOpening] = useState(false);
  const [failure, setFailure] = useState<unknown>(null);
  const switches = useQuery(logs());
  const servers = useQuery(queries.servers()).data ?? [];
  const found = useInfiniteQuery(entryPages(query));
  const entries = found.data?.pages.flatMap((page) => page.entries) ?? [];
  const on = (switches.data ?? []).filter((log) => log.enabled);
  const name = (id: string | null) => servers.find((server) => server.id === id)?.name ?? id;

  const switchOff = async () => {
    try {
      for (const log of on) await switchFirewallLog(log.id, false);
      setFailure(null);
    } catch (error) {
      setFailure(error);
    }
    await client.invalidateQueries({ queryKey: ['firewallLogs'] });
  };

  // Fetched, not linked to: a link carries the session but not the console's mark, and is refused.
  const save = async (kind: FirewallExport) => {
    try {
      saveBlob(`unkai-firewall-log.${kind}`, await exportFirewallEntries(query, kind));
      setFailure(null);
    } catch (error) {
      setFailure(error);
    }
  };

  return (
    <SpaceBetween size="s">
      <Failure error={failure ?? found.error ?? switches.error} onRetry={() => void found.refetch()} />
      {switches.data && on.length === 0 && entries.length > 0 && (
        <Alert type="info" action={maySwitch && <Button onClick={() => setOpening(true)}>{t('firewall.switchOn')}</Button>}>
          {t('firewall.isOff')}
        </Alert>
      )}
      <Table<FirewallEntry>
        variant="full-page"
        stickyHeader
        items={entries}
        trackBy="id"
        loading={found.isPending}
        loadingText={t('common.loading')}
        ariaLabels={{ tableLabel: t('nav.firewallLog') }}
        header={
          <Header
            variant="awsui-h1-sticky"
            description={t('firewall.text')}
            actions={
              <SpaceBetween direction="horizontal" size="xs">
                <Button iconName="refresh" ariaLabel={t('common.refresh')} onClick={() => void found.refetch()} />
                {may('network:firewall-log:export') && (
                  <ButtonDropdown
                    items={(['csv', 'json'] as const).map((kind) => ({ id: kind, text: kind.toUpperCase() }))}
                    onItemClick={({ detail }) => void save(detail.id as FirewallExport)}
                  >
                    {t('firewall.export')}
                  </ButtonDropdown>
                )}
                {maySwitch &&
                  (on.length > 0 ? (
                    <Button onClick={() => void switchOff()}>{t('firewall.switchOff')}</Button>
                  ) : (
                    <Button variant="primary" onClick={() => setOpening(true)}>
                      {t('firewall.switchOn')}
                    </Button>
                  ))}
              </SpaceBetween>
            }
          >
            {t('nav.firewallLog')}
          </Header>
        }
        filter={
          <SpaceBetween direction="horizontal" size="xs">
            <Choice
              label={t('firewall.server')}
              value={query.server}
              options={servers.map((server) => ({ value: server.id, label: server.name }))}
              onChange={(server) => setQuery({ ...query, server })}
            />
            <Choice
              label={t('firewall.direction')}
              value={query.direction}
              options={(['ingress', 'egress'] as const).map((value) => ({ value, label: t(`firewall.directions.${value}`) }))}
              onChange={(direction) => setQuery({ ...query, direction })}
            />
            <Choice
              label={t('firewall.verdict')}
              value={query.verdict}
              options={(['DROP', 'ACCEPT'] as const).map((value) => ({ value, label: t(`firewall.verdicts.${value}`) }))}
              onChange={(verdict) => setQuery({ ...query, verdict })}
            />
          </SpaceBetween>
        }
        columnDefinitions={[
          { id: 'time', header: t('history.time'), cell: (entry) => format.time(entry.time), width: 190, isRowHeader: true },
          {
            id: 'verdict',
            header: t('firewall.verdict'),
            cell: (entry) => (
              <StatusIndicator type={entry.verdict === 'DROP' ? 'stopped' : 'success'}>{t(`firewall.verdicts.${entry.verdict}`)}</StatusIndicator>
            ),
          },
          { id: 'direction', header: t('firewall.direction'), cell: (entry) => t(`firewall.directions.${entry.direction}`) },
          {
            id: 'server',
            header: t('firewall.server'),
            cell: (entry) => (entry.serverId ? <RouteLink to={`/servers/${entry.serverId}/network`}>{name(entry.serverId)}</RouteLink> : '–'),
          },
          { id: 'protocol', header: t('firewall.protocol'), cell: (entry) => entry.protocol.toUpperCase() },
          { id: 'source', header: t('firewall.source'), cell: (entry) => place(entry.source, entry.sourcePort) },
          { id: 'destination', header: t('firewall.destination'), cell: (entry) => place(entry.destination, entry.destinationPort) },
        ]}
        empty={
          <Box textAlign="center" margin={{ vertical: 'l' }}>
            <SpaceBetween size="xs">
              <Box variant="strong">{t(on.length > 0 ? 'firewall.empty.quiet' : 'firewall.empty.off')}</Box>
              {(on.length > 0 || maySwitch) && (
                <Box color="text-body-secondary">{t(on.length > 0 ? 'firewall.empty.quietText' : 'firewall.empty.offText')}</Box>
              )}
              {maySwitch && switches.data && on.length === 0 && <Button onClick={() => setOpening(true)}>{t('firewall.switchOn')}</Button>}
            </SpaceBetween>
          </Box>
        }
        footer={
          found.hasNextPage ? (
            <Box textAlign="center">
              <Button loading={found.isFetchingNextPage} onClick={() => void found.fetchNextPage()}>
                {t('history.older')}
              </Button>
            </Box>
          ) : undefined
        }
      />
      {opening && <SwitchOn logs={switches.data ?? []} onClose={() => setOpening(false)} />}
    </SpaceBetween>
  );
}

function place(address: string, port: number | null): string {
  if (port === null) return address;
  return address.includes(':') ? `[${address}]:${port}` : `${address}:${port}`;
}

interface ChoiceProps {
  label: string;
  value: string | undefined;
  options: { value: string; label: string }[];
  onChange: (value: string | undefined) => void;
}

/** One filter: any, or one of the options. */
function Choice({ label, value, options, onChange }: ChoiceProps) {
  const { t } = useTranslation();
  const any = { value: '', label: t('firewall.any', { what: label }) };
  return (
    <Select
      selectedOption={options.find((option) => option.value === value) ?? any}
      options={[any, ...options]}
      ariaLabel={label}
      expandToViewport
      onChange={({ detail }) => onChange(detail.selectedOption.value || undefined)}
    />
  );
}

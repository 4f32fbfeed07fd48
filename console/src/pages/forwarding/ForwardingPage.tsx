// Where the history is sent to: the destinations and how each is, for customers and for the provider's own history.
import Button from '@cloudscape-design/components/button';
import SegmentedControl from '@cloudscape-design/components/segmented-control';
import SpaceBetween from '@cloudscape-design/components/space-between';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useSearchParams } from 'react-router';
import { readDestinations, type Destination, type Made } from '../../api/forwarding';
import { CALM } from '../../api/polling';
import { useAsked } from '../../app/asked';
import { useCrumbs } from '../../app/crumbs';
import { useMay } from '../../app/rights';
import { ResourceTable, type Column } from '../../ui/ResourceTable';
import { RouteLink } from '../../ui/RouteLink';
import { useFormat } from '../../ui/useFormat';
import { DestinationForm } from './DestinationForm';
import { ForwardingSign, conditionOf, placeOf } from './ForwardingSign';
import { SecretOnce } from './SecretOnce';
import { SetUp } from './SetUp';

const PROVIDER = 'provider';

export default function ForwardingPage() {
  const { t } = useTranslation();
  const format = useFormat();
  const may = useMay();
  const client = useQueryClient();
  const [search, setSearch] = useSearchParams();
  const whole = may('history:event:list-all');
  const project = whole && search.get('history') !== 'own' ? PROVIDER : undefined;
  const [adding, setAdding] = useState(false);
  const [made, setMade] = useState<Made | null>(null);
  useAsked((ask) => ask === 'add' && setAdding(true));
  useCrumbs({ text: t('nav.forwarding') });
  const all = useQuery({ queryKey: ['forwarding', project ?? ''], queryFn: ({ signal }) => readDestinations(project, signal), refetchInterval: CALM });
  const columns: readonly Column<Destination>[] = useMemo(
    () => [
      { id: 'name', header: t('forwarding.name'), value: (one) => one.name, cell: (one) => <RouteLink to={`/forwarding/${one.id}`}>{one.name}</RouteLink> },
      { id: 'state', header: t('servers.status'), value: (one) => t(`forwarding.conditions.${conditionOf(one)}`), cell: (one) => <ForwardingSign of={one} /> },
      { id: 'kind', header: t('forwarding.kind'), value: (one) => t(`forwarding.kinds.${one.kind}`), cell: (one) => t(`forwarding.kinds.${one.kind}`) },
      { id: 'place', header: t('forwarding.place'), value: placeOf, cell: placeOf },
      { id: 'waiting', header: t('forwarding.waiting'), value: (one) => one.waiting, cell: (one) => t('forwarding.events', { events: one.waiting }) },
      { id: 'lag', header: t('forwarding.lag'), value: (one) => one.lagSeconds, cell: (one) => (one.lagSeconds > 0 ? format.span(one.lagSeconds * 1_000) : '–') },
      { id: 'delivered', header: t('forwarding.delivered'), value: (one) => one.deliveredAt ?? '', cell: (one) => (one.deliveredAt ? format.time(one.deliveredAt) : '–') },
    ],
    [format, t],
  );
  const add = (
    <Button variant="primary" onClick={() => setAdding(true)}>
      {t('forwarding.add')}
    </Button>
  );
  return (
    <SpaceBetween size="l">
      {whole && (
        <SegmentedControl
          label={t('forwarding.whose')}
          selectedId={project ?? 'own'}
          options={[
            { id: PROVIDER, text: t('forwarding.ofProvider') },
            { id: 'own', text: t('forwarding.ofOwn') },
          ]}
          onChange={({ detail }) => setSearch(detail.selectedId === 'own' ? { history: 'own' } : {})}
        />
      )}
      <ResourceTable<Destination>
        id="forwarding"
        title={t('nav.forwarding')}
        description={t(project ? 'forwarding.textOfProvider' : 'forwarding.text')}
        items={all.data}
        error={all.error}
        refreshing={false}
        onRefresh={() => void all.refetch()}
        columns={columns}
        trackBy={(one) => one.id}
        label={(one) => one.name}
        change="history:forwarding:manage"
        actions={add}
        empty={{ title: t('forwarding.none'), text: t('forwarding.noneText'), action: add }}
      />
      <SetUp kind="syslog" />
      <SetUp kind="webhook" />
      {adding && (
        <DestinationForm
          project={project}
          onClose={() => setAdding(false)}
          onDone={async (done) => {
            setAdding(false);
            if (done?.secret) setMade(done);
            await client.invalidateQueries({ queryKey: ['forwarding'] });
          }}
        />
      )}
      {made?.secret && <SecretOnce secret={made.secret} onClose={() => setMade(null)} />}
    </SpaceBetween>
  );
}

// How the project's servers are: how many in which state, and those that need somebody by name.
import Box from '@cloudscape-design/components/box';
import SpaceBetween from '@cloudscape-design/components/space-between';
import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { queries } from '../../api/queries';
import type { Topology } from '../../api/topology';
import { useMay } from '../../app/rights';
import { RouteButton } from '../../ui/RouteButton';
import { conditionOfStatus, type Condition } from '../servers/condition';
import { SIGNS } from '../servers/ServerStatus';
import { Card, Counts, Items, type Item } from './Card';
import { reasonWords } from '../../i18n/reasons';

/** What waits for a decision of the customer's, or does not work. */
const TROUBLE: readonly Condition[] = ['error', 'unknown', 'rescued', 'resized'];
/** Always shown, be it as 0; others where there are any. */
const ALWAYS: readonly Condition[] = ['running', 'stopped', 'error'];
const MOST = 10;

export function Servers() {
  const { t } = useTranslation();
  const may = useMay();
  const topology = useQuery(queries.topology());
  return (
    <Card title={t('nav.servers')} more={{ to: '/servers', text: t('home.allServers') }} asked={topology}>
      {({ servers }) =>
        servers.length === 0 ? (
          <SpaceBetween size="s">
            <Box color="text-body-secondary">{t('servers.empty.title')}</Box>
            {may('compute:server:create') && <RouteButton to="/servers/create">{t('servers.create')}</RouteButton>}
          </SpaceBetween>
        ) : (
          <States servers={servers} />
        )
      }
    </Card>
  );
}

function States({ servers }: Pick<Topology, 'servers'>) {
  const { t } = useTranslation();
  const known = servers.map((server) => ({ ...server, condition: conditionOfStatus(server.status) }));
  const conditions = [...new Set([...ALWAYS, ...known.map((server) => server.condition)])];
  const trouble = known.filter((server) => TROUBLE.includes(server.condition));
  const broken = trouble.some((server) => server.condition === 'error');
  const faulty = useQuery({ ...queries.faultyServers(), enabled: broken });
  const faults = new Map(broken ? faulty.data?.map((server) => [server.id, server.fault?.message]) : []);
  const items: Item[] = trouble.slice(0, MOST).map((server) => ({
    key: server.id,
    sign: SIGNS[server.condition],
    text: server.name,
    to: `/servers/${server.id}`,
    note: reasonWords(faults.get(server.id) ?? '') || t(`servers.condition.${server.condition}`),
  }));
  return (
    <SpaceBetween size="s">
      <Counts
        counts={conditions.map((condition) => ({
          key: condition,
          text: t(`servers.condition.${condition}`),
          count: known.filter((server) => server.condition === condition).length,
          sign: SIGNS[condition],
        }))}
      />
      <Items items={items} none={t('home.noTrouble')} />
      {trouble.length > MOST && <Box color="text-body-secondary">{t('home.andMore', { count: trouble.length - MOST })}</Box>}
    </SpaceBetween>
  );
}

// A picture of the project: outer networks, routers, networks and servers, and the lines between them.
import Box from '@cloudscape-design/components/box';
import Button from '@cloudscape-design/components/button';
import Container from '@cloudscape-design/components/container';
import ContentLayout from '@cloudscape-design/components/content-layout';
import Header from '@cloudscape-design/components/header';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Server } from '../../api/compute';
import { queries } from '../../api/queries';
import { useCrumbs } from '../../app/crumbs';
import { useMay } from '../../app/rights';
import { Failure } from '../../ui/Failure';
import { Waiting } from '../../ui/Waiting';
import { CreateNetwork } from '../networks/CreateNetwork';
import { conditionOf } from '../servers/condition';
import { layOut, type Picture } from './layout';
import { Node } from './Node';

export default function Topology() {
  const { t } = useTranslation();
  const may = useMay();
  useCrumbs({ text: t('nav.topology') });
  const networks = useQuery(queries.networks());
  const subnets = useQuery(queries.subnets());
  const routers = useQuery(queries.routers());
  const servers = useQuery(queries.servers());
  const ports = useQuery(queries.ports());
  const [creating, setCreating] = useState(false);
  const all = [networks, subnets, routers, servers, ports];
  const failed = all.find((query) => query.error);
  const ready = networks.data && subnets.data && routers.data && servers.data && ports.data;
  const picture = ready
    ? layOut({ networks: networks.data, subnets: subnets.data, routers: routers.data, servers: servers.data, ports: ports.data })
    : null;
  return (
    <ContentLayout
      header={
        <Header
          variant="h1"
          description={t('topology.text')}
          actions={
            may('network:network:create') && (
              <Button variant="primary" onClick={() => setCreating(true)}>
                {t('networks.create')}
              </Button>
            )
          }
        >
          {t('nav.topology')}
        </Header>
      }
    >
      <Failure error={failed?.error} onRetry={() => all.forEach((query) => void query.refetch())} />
      <Container>
        {picture === null ? <Waiting /> : picture.boxes.length === 0 ? <Box>{t('topology.empty')}</Box> : <Drawing picture={picture} servers={servers.data ?? []} />}
      </Container>
      {creating && <CreateNetwork onClose={() => setCreating(false)} onCreated={() => setCreating(false)} />}
    </ContentLayout>
  );
}

function Drawing({ picture, servers }: { picture: Picture; servers: readonly Server[] }) {
  const { t } = useTranslation();
  return (
    <div className="topology">
      <svg width={picture.width} height={picture.height} viewBox={`0 0 ${picture.width} ${picture.height}`} role="group" aria-label={t('nav.topology')}>
        {picture.lines.map((line) => {
          const middle = (line.from + line.to) / 2;
          return (
            <g key={line.key}>
              <path className="topology-line" d={`M${line.x} ${line.from} V${middle} H${line.toX} V${line.to}`} />
              {line.label && (
                <text className="topology-label" x={line.x + 6} y={line.from - 6}>
                  {line.label}
                </text>
              )}
            </g>
          );
        })}
        {picture.boxes.map((box) => {
          const server = servers.find((each) => each.id === box.id);
          return <Node key={box.id} box={box} condition={server ? conditionOf(server) : null} />;
        })}
      </svg>
    </div>
  );
}

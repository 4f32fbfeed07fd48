// All servers of the project, kept up to date by itself.
import SpaceBetween from '@cloudscape-design/components/space-between';
import { useQuery } from '@tanstack/react-query';
import { useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Server } from '../../api/compute';
import { queries } from '../../api/queries';
import { useCrumbs } from '../../app/crumbs';
import { ResourceTable } from '../../ui/ResourceTable';
import { RouteButton } from '../../ui/RouteButton';
import { longServers } from './longServers';
import { ServerActions } from './ServerActions';
import { ServerLook } from './ServerLook';
import { useServerColumns } from './useServerColumns';

export default function ServerList() {
  const { t } = useTranslation();
  useCrumbs({ text: t('nav.servers') });
  const { data, error, refetch } = useQuery(queries.newestServers());
  const images = useQuery(queries.images()).data;
  const flavors = useQuery({ ...queries.flavors(), enabled: data?.more === true }).data;
  const long = useMemo(() => (data?.more ? longServers(images ?? [], flavors ?? []) : undefined), [data?.more, images, flavors]);
  const columns = useServerColumns(images, long ? flavors : undefined);
  const [picked, setPicked] = useState<readonly Server[]>([]);
  // Of a list that is held whole it is known which are gone.
  const chosen = useMemo(() => {
    if (long || !data) return picked;
    const now = new Map(data.items.map((server) => [server.id, server]));
    return picked.flatMap((server) => now.get(server.id) ?? []);
  }, [data, long, picked]);
  return (
    <ResourceTable<Server>
      id="servers"
      title={t('nav.servers')}
      items={data?.items}
      long={long}
      error={error}
      refreshing={false}
      onRefresh={() => void refetch()}
      columns={columns}
      trackBy={(server) => server.id}
      label={(server) => server.name}
      selected={chosen}
      onSelect={setPicked}
      look={(server) => <ServerLook server={server} />}
      defaultSort={{ column: 'created', descending: true }}
      change="compute:server:act"
      actions={
        <SpaceBetween direction="horizontal" size="xs">
          <ServerActions servers={chosen} onDeleted={() => setPicked([])} />
          <RouteButton to="/servers/create" variant="primary">
            {t('servers.create')}
          </RouteButton>
        </SpaceBetween>
      }
      empty={{
        title: t('servers.empty.title'),
        text: t('servers.empty.text'),
        action: <RouteButton to="/servers/create">{t('servers.empty.action')}</RouteButton>,
      }}
    />
  );
}

// All servers of the project, kept up to date by itself.
import Box from '@cloudscape-design/components/box';
import SpaceBetween from '@cloudscape-design/components/space-between';
import { useQuery } from '@tanstack/react-query';
import { useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Server } from '../../api/compute';
import { queries } from '../../api/queries';
import { useCrumbs } from '../../app/crumbs';
import { ResourceTable, type Column } from '../../ui/ResourceTable';
import { RouteButton } from '../../ui/RouteButton';
import { RouteLink } from '../../ui/RouteLink';
import { useFormat } from '../../ui/useFormat';
import { Addresses, addressesOf } from './Addresses';
import { conditionOf } from './condition';
import { ServerActions } from './ServerActions';
import { ServerStatus } from './ServerStatus';

export default function ServerList() {
  const { t } = useTranslation();
  useCrumbs({ text: t('nav.servers') });
  const servers = useQuery(queries.servers());
  const columns = useColumns();
  const [selected, setSelected] = useState<readonly string[]>([]);
  const chosen = (servers.data ?? []).filter((server) => selected.includes(server.id));
  return (
    <ResourceTable<Server>
      id="servers"
      title={t('nav.servers')}
      items={servers.data}
      error={servers.error}
      refreshing={false}
      onRefresh={() => void servers.refetch()}
      columns={columns}
      trackBy={(server) => server.id}
      label={(server) => server.name}
      selected={chosen}
      onSelect={(items) => setSelected(items.map((item) => item.id))}
      defaultSort={{ column: 'created', descending: true }}
      change="compute:server:act"
      actions={
        <SpaceBetween direction="horizontal" size="xs">
          <ServerActions servers={chosen} onDeleted={() => setSelected([])} />
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

function useColumns(): readonly Column<Server>[] {
  const { t } = useTranslation();
  const format = useFormat();
  const images = useQuery(queries.images()).data;
  return useMemo(() => {
    const imageName = (server: Server) => {
      const image = server.image ? server.image.id : '';
      return images?.find((each) => each.id === image)?.name ?? image;
    };
    return [
      {
        id: 'name',
        header: t('servers.name'),
        value: (server) => server.name,
        cell: (server) => <RouteLink to={`/servers/${server.id}`}>{server.name}</RouteLink>,
      },
      {
        id: 'status',
        header: t('servers.status'),
        value: (server) => t(`servers.condition.${conditionOf(server)}`),
        cell: (server) => <ServerStatus server={server} />,
        width: 150,
      },
      {
        id: 'addresses',
        header: t('servers.addresses'),
        value: (server) => addressesOf(server).map((address) => address.addr).join(' '),
        cell: (server) => <Addresses server={server} />,
      },
      {
        id: 'size',
        header: t('servers.size'),
        value: (server) => server.flavor.original_name,
        cell: (server) => (
          <>
            {server.flavor.original_name}
            <Box color="text-body-secondary" fontSize="body-s">
              {t('servers.sizeText', { vcpus: server.flavor.vcpus, ram: format.mib(server.flavor.ram) })}
            </Box>
          </>
        ),
      },
      { id: 'image', header: t('servers.image'), value: imageName, cell: imageName },
      { id: 'key', header: t('servers.keyPair'), value: (server) => server.key_name ?? '', cell: (server) => server.key_name ?? '–', hidden: true },
      {
        id: 'description',
        header: t('servers.description'),
        value: (server) => server.description ?? '',
        cell: (server) => server.description ?? '',
        hidden: true,
      },
      {
        id: 'created',
        header: t('servers.created'),
        value: (server) => server.created,
        cell: (server) => format.time(server.created),
      },
      { id: 'id', header: t('common.id'), value: (server) => server.id, cell: (server) => server.id, hidden: true },
    ];
  }, [format, images, t]);
}

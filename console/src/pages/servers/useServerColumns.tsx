// A server in the list.
import Box from '@cloudscape-design/components/box';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import type { Flavor, Server } from '../../api/compute';
import type { Image } from '../../api/image';
import type { Column } from '../../ui/ResourceTable';
import { RouteLink } from '../../ui/RouteLink';
import { useFormat } from '../../ui/useFormat';
import { Addresses, addressesOf } from './Addresses';
import { CONDITIONS, conditionOf } from './condition';
import { ServerStatus } from './ServerStatus';

/** @param flavors where the service filters by them: those that can be named; undefined: those that occur are enough */
export function useServerColumns(images: readonly Image[] | undefined, flavors: readonly Flavor[] | undefined): readonly Column<Server>[] {
  const { t } = useTranslation();
  const format = useFormat();
  return useMemo(() => {
    const names = new Map(images?.map((image) => [image.id, image.name ?? image.id]));
    const imageOf = (server: Server) => (server.image ? server.image.id : '');
    const nameOf = (server: Server) => names.get(imageOf(server)) ?? imageOf(server);
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
        value: conditionOf,
        words: Object.fromEntries(CONDITIONS.map((condition) => [condition, t(`servers.condition.${condition}`)])),
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
        ...(flavors ? { words: Object.fromEntries(flavors.map((flavor) => [flavor.name, flavor.name])) } : {}),
        cell: (server) => (
          <>
            {server.flavor.original_name}
            <Box color="text-body-secondary" fontSize="body-s">
              {t('servers.sizeText', { vcpus: server.flavor.vcpus, ram: format.mib(server.flavor.ram) })}
            </Box>
          </>
        ),
      },
      {
        id: 'image',
        header: t('servers.image'),
        value: nameOf,
        ...(flavors ? { words: Object.fromEntries([...names.values()].map((name) => [name, name])) } : {}),
        cell: nameOf,
      },
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
  }, [flavors, format, images, t]);
}

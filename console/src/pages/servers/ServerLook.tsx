// A server at a quick look, below the list.
import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import type { Server } from '../../api/compute';
import { queries } from '../../api/queries';
import { Facts } from '../../ui/Facts';
import { RouteLink } from '../../ui/RouteLink';
import { useFormat } from '../../ui/useFormat';
import { Addresses } from './Addresses';
import { ServerDescription, ServerName } from './ServerNaming';
import { ServerStatus } from './ServerStatus';
import { reasonWords } from '../../i18n/reasons';

export function ServerLook({ server }: { server: Server }) {
  const { t } = useTranslation();
  const format = useFormat();
  const images = useQuery(queries.images()).data;
  const imageId = server.image ? server.image.id : '';
  return (
    <Facts
      id={server.id}
      facts={[
        { label: t('servers.name'), value: <ServerName server={server} /> },
        { label: t('servers.description'), value: <ServerDescription server={server} /> },
        { label: t('servers.status'), value: <ServerStatus server={server} /> },
        { label: t('servers.addresses'), value: <Addresses server={server} copy /> },
        { label: t('servers.size'), value: server.flavor.original_name },
        {
          label: t('servers.overview.contents'),
          value: t('create.flavor.summary', { vcpus: server.flavor.vcpus, ram: format.mib(server.flavor.ram), disk: format.gib(server.flavor.disk) }),
        },
        { label: t('servers.image'), value: (images?.find((image) => image.id === imageId)?.name ?? imageId) || t('common.none') },
        { label: t('servers.keyPair'), value: server.key_name ?? t('common.none') },
        { label: t('nav.securityGroups'), value: [...new Set(server.security_groups?.map((group) => group.name))].join(', ') || t('common.none') },
        { label: t('servers.created'), value: format.time(server.created) },
        ...(server.fault ? [{ label: t('servers.fault'), value: reasonWords(server.fault.message) }] : []),
        { label: t('look.open'), value: <RouteLink to={`/servers/${server.id}`}>{t('servers.tabs.overview')}</RouteLink> },
      ]}
    />
  );
}

// The facts about a server on one sheet.
import Box from '@cloudscape-design/components/box';
import Container from '@cloudscape-design/components/container';
import CopyToClipboard from '@cloudscape-design/components/copy-to-clipboard';
import Header from '@cloudscape-design/components/header';
import KeyValuePairs from '@cloudscape-design/components/key-value-pairs';
import SpaceBetween from '@cloudscape-design/components/space-between';
import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import type { Server } from '../../../api/compute';
import { queries } from '../../../api/queries';
import { useMay } from '../../../app/rights';
import { useFormat } from '../../../ui/useFormat';
import { Addresses, addressesOf } from '../Addresses';
import { DeleteProtection } from '../DeleteProtection';
import { ServerStatus } from '../ServerStatus';
import { ConnectedNow } from './ConsoleVisits';

export function Overview({ server }: { server: Server }) {
  const { t } = useTranslation();
  const format = useFormat();
  const images = useQuery(queries.images()).data;
  const imageId = server.image ? server.image.id : null;
  const image = images?.find((each) => each.id === imageId)?.name ?? imageId;
  const mayVisits = useMay()('compute:console-visit:list');
  const none = t('common.none');
  const launched = server['OS-SRV-USG:launched_at'];
  const host = server['OS-EXT-SRV-ATTR:host'];
  const groups = [...new Set(server.security_groups?.map((group) => group.name))].join(', ');
  return (
    <SpaceBetween size="l">
      <Container header={<Header variant="h2">{t('servers.overview.state')}</Header>}>
        <KeyValuePairs
          columns={3}
          items={[
            { label: t('servers.status'), value: <ServerStatus server={server} /> },
            { label: t('servers.addresses'), value: <Addresses server={server} copy /> },
            { label: t('servers.size'), value: server.flavor.original_name },
            {
              label: t('servers.overview.contents'),
              value: t('create.flavor.summary', {
                vcpus: server.flavor.vcpus,
                ram: format.mib(server.flavor.ram),
                disk: format.gib(server.flavor.disk),
              }),
            },
            { label: t('servers.image'), value: image ?? none },
            { label: t('servers.keyPair'), value: server.key_name ?? none },
            { label: t('nav.securityGroups'), value: groups || none },
            { label: t('servers.overview.zone'), value: server['OS-EXT-AZ:availability_zone'] || none },
            ...(host ? [{ label: t('servers.overview.host'), value: host }] : []),
            { label: t('servers.protection.label'), value: <DeleteProtection server={server} /> },
            ...(mayVisits ? [{ label: t('visits.label'), value: <ConnectedNow server={server.id} /> }] : []),
            { label: t('servers.created'), value: format.time(server.created) },
            { label: t('servers.overview.launched'), value: launched ? format.time(launched) : none },
            {
              label: t('common.id'),
              value: (
                <CopyToClipboard
                  variant="inline"
                  textToCopy={server.id}
                  copyButtonAriaLabel={t('common.copy', { what: t('common.id') })}
                  copySuccessText={t('common.copied')}
                  copyErrorText={t('common.copyFailed')}
                />
              ),
            },
          ]}
        />
      </Container>
      <HowToReach server={server} />
    </SpaceBetween>
  );
}

/** The line that logs into the server, for those who have just made their first. */
function HowToReach({ server }: { server: Server }) {
  const { t } = useTranslation();
  const floating = addressesOf(server).find((address) => address['OS-EXT-IPS:type'] === 'floating');
  const command = floating ? `ssh root@${floating.addr}` : null;
  return (
    <Container header={<Header variant="h2">{t('servers.reach.title')}</Header>}>
      {command ? (
        <SpaceBetween size="xs">
          <Box>{t('servers.reach.ssh')}</Box>
          <CopyToClipboard
            variant="inline"
            textToCopy={command}
            copyButtonAriaLabel={t('common.copy', { what: command })}
            copySuccessText={t('common.copied')}
            copyErrorText={t('common.copyFailed')}
          />
        </SpaceBetween>
      ) : (
        <Box>{t('servers.reach.consoles')}</Box>
      )}
    </Container>
  );
}

// A server's addresses, each ready to be copied; floating ones first, because they are what one connects to.
import Badge from '@cloudscape-design/components/badge';
import Box from '@cloudscape-design/components/box';
import CopyToClipboard from '@cloudscape-design/components/copy-to-clipboard';
import SpaceBetween from '@cloudscape-design/components/space-between';
import { useTranslation } from 'react-i18next';
import type { Address, Server } from '../../api/compute';

export function addressesOf(server: Server): Address[] {
  const all = Object.values(server.addresses).flat();
  const rank = (address: Address) => (address['OS-EXT-IPS:type'] === 'floating' ? 0 : address.version);
  return all.sort((left, right) => rank(left) - rank(right));
}

export function Addresses({ server, copy = false }: { server: Server; copy?: boolean }) {
  const { t } = useTranslation();
  const all = addressesOf(server);
  if (all.length === 0) return <Box color="text-status-inactive">{t('common.none')}</Box>;
  return (
    <SpaceBetween size={copy ? 'xs' : 'xxxs'}>
      {all.map((address) => (
        <span key={address.addr}>
          {copy ? (
            <CopyToClipboard
              variant="inline"
              textToCopy={address.addr}
              copyButtonAriaLabel={t('common.copy', { what: address.addr })}
              copySuccessText={t('common.copied')}
              copyErrorText={t('common.copyFailed')}
            />
          ) : (
            address.addr
          )}{' '}
          {address['OS-EXT-IPS:type'] === 'floating' && <Badge color="blue">{t('servers.floating')}</Badge>}
        </span>
      ))}
    </SpaceBetween>
  );
}

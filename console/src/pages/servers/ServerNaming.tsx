// A server's name and description, changed where they stand.
import { updateServer, type Server } from '../../api/compute';
import { useMay } from '../../app/rights';
import { EditInPlace } from '../../ui/EditInPlace';
import { useTranslation } from 'react-i18next';
import { useRefreshServers } from './useAsk';

export function ServerName({ server }: { server: Server }) {
  const { t } = useTranslation();
  const may = useMay();
  const refresh = useRefreshServers();
  return (
    <EditInPlace
      label={t('servers.name')}
      value={server.name}
      required
      disabled={!may('compute:server:act')}
      actOf={(name) => updateServer.describe(server.id, { name })}
      onSave={async (name) => {
        await updateServer(server.id, { name });
        await refresh();
      }}
    />
  );
}

export function ServerDescription({ server }: { server: Server }) {
  const { t } = useTranslation();
  const may = useMay();
  const refresh = useRefreshServers();
  return (
    <EditInPlace
      label={t('servers.description')}
      value={server.description ?? ''}
      disabled={!may('compute:server:act')}
      actOf={(description) => updateServer.describe(server.id, { description: description || null })}
      onSave={async (description) => {
        await updateServer(server.id, { description: description || null });
        await refresh();
      }}
    />
  );
}

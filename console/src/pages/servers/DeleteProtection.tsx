// The guard against a slip: while it is on, deletion of the server is refused.
import SpaceBetween from '@cloudscape-design/components/space-between';
import Toggle from '@cloudscape-design/components/toggle';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { protectServer, readProtection, type Server } from '../../api/compute';
import { useNotices } from '../../app/notices';
import { useMay } from '../../app/rights';
import { CommandsButton } from '../../ui/CommandsButton';

export function DeleteProtection({ server }: { server: Server }) {
  const { t } = useTranslation();
  const { failed } = useNotices();
  const mayChange = useMay()('compute:server:update');
  const client = useQueryClient();
  const queryKey = ['servers', server.id, 'protection'];
  const on = useQuery({ queryKey, queryFn: ({ signal }) => readProtection(server.id, signal) }).data;
  if (!mayChange) return <>{on === undefined ? t('common.none') : t(on ? 'servers.protection.on' : 'servers.protection.off')}</>;
  return (
    <SpaceBetween direction="horizontal" size="xs">
    <Toggle
      checked={on === true}
      disabled={on === undefined}
      onChange={({ detail }) => {
        protectServer(server.id, detail.checked)
          .catch((error: unknown) => failed(t('servers.protection.failed', { name: server.name }), error))
          .finally(() => void client.invalidateQueries({ queryKey }));
      }}
    >
      {t(on ? 'servers.protection.on' : 'servers.protection.off')}
    </Toggle>
      {on !== undefined && <CommandsButton actions={[{ text: t(on ? 'servers.protection.off' : 'servers.protection.on'), acts: [protectServer.describe(server.id, !on)] }]} />}
    </SpaceBetween>
  );
}

// The question before an action: what it does, what stays, what it needs - and then what came of it, server by server.
import RadioGroup from '@cloudscape-design/components/radio-group';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { actOnServer, type Server, type ServerAction } from '../../api/compute';
import { EachDialog } from '../../ui/each/EachDialog';
import { Effects } from '../../ui/Effects';
import { useFormat } from '../../ui/useFormat';
import { effectsOf } from './effects';
import { useAsk, useRefreshServers } from './useAsk';

const ACTIONS = {
  stop: { 'os-stop': null },
  pause: { pause: null },
  suspend: { suspend: null },
  shelve: { shelve: null },
  confirmResize: { confirmResize: null },
  revertResize: { revertResize: null },
} as const satisfies Record<string, ServerAction>;

export type Asked = keyof typeof ACTIONS | 'reboot';

interface AskServersProps {
  act: Asked;
  servers: readonly Server[];
  subject: string;
  onClose: () => void;
}

export function AskServers({ act, servers, subject, onClose }: AskServersProps) {
  const { t } = useTranslation();
  const format = useFormat();
  const ask = useAsk();
  const refresh = useRefreshServers();
  const [hard, setHard] = useState<'SOFT' | 'HARD'>('SOFT');
  const action: ServerAction = act === 'reboot' ? { reboot: { type: hard } } : ACTIONS[act];
  return (
    <EachDialog
      size="large"
      title={t(`servers.ask.${act}`, { name: subject })}
      submit={t(`servers.actions.${act}`)}
      items={servers}
      idOf={(server) => server.id}
      nameOf={(server) => server.name}
      act={(server) => ask(server, act, action)}
      acts={servers.map((server) => actOnServer.describe(server.id, action))}
      onTold={refresh}
      onClose={onClose}
    >
      {act === 'reboot' && (
        <RadioGroup
          value={hard}
          onChange={({ detail }) => setHard(detail.value as 'SOFT' | 'HARD')}
          items={[
            { value: 'SOFT', label: t('servers.reboot.soft'), description: t('servers.reboot.softText') },
            { value: 'HARD', label: t('servers.reboot.hard'), description: t('servers.reboot.hardText') },
          ]}
        />
      )}
      <Effects lines={effectsOf(t, act, servers, format)} />
    </EachDialog>
  );
}

// Asks several servers for what needs no question before. Who refuses is told by name and sentence, and can be asked again from there.
import Button from '@cloudscape-design/components/button';
import { useTranslation } from 'react-i18next';
import type { Server, ServerAction } from '../../api/compute';
import { useNotices } from '../../app/notices';
import { Outcomes, type Told } from '../../ui/each/Outcomes';
import { runEach } from '../../ui/each/runEach';
import type { Act } from './condition';
import { useAsk, useRefreshServers } from './useAsk';

export function useAtOnce(): (servers: readonly Server[], act: Act, action: ServerAction) => Promise<void> {
  const { t } = useTranslation();
  const { show, dismiss, failed } = useNotices();
  const ask = useAsk();
  const refresh = useRefreshServers();
  const run = async (servers: readonly Server[], act: Act, action: ServerAction): Promise<void> => {
    const refused: { server: Server; told: Told; error: unknown }[] = [];
    await runEach(
      servers,
      (server) => ask(server, act, action),
      (server, outcome) => {
        if (outcome.state === 'failed') refused.push({ server, told: { id: server.id, name: server.name, outcome }, error: outcome.error });
      },
    );
    await refresh();
    const [first] = refused;
    if (!first) return;
    if (servers.length === 1) {
      failed(t(`watch.${act}.failed`, { name: first.server.name }), first.error);
      return;
    }
    const id = crypto.randomUUID();
    show({
      id,
      type: 'error',
      header: t('each.someOf', { act: t(`servers.actions.${act}`), done: servers.length - refused.length, all: servers.length }),
      content: <Outcomes told={refused.map(({ told }) => told)} />,
      action: (
        <Button
          onClick={() => {
            dismiss(id);
            void run(refused.map(({ server }) => server), act, action);
          }}
        >
          {t('each.retry', { number: refused.length })}
        </Button>
      ),
    });
  };
  return run;
}

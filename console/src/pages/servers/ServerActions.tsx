// What can be asked of one or several servers: all that its state allows, each after a confirmation where it interrupts or destroys.
import Alert from '@cloudscape-design/components/alert';
import Box from '@cloudscape-design/components/box';
import Button from '@cloudscape-design/components/button';
import ButtonDropdown from '@cloudscape-design/components/button-dropdown';
import RadioGroup from '@cloudscape-design/components/radio-group';
import SpaceBetween from '@cloudscape-design/components/space-between';
import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { actOnServer, deleteServer, type Server, type ServerAction } from '../../api/compute';
import { useAsked } from '../../app/asked';
import { useNotices } from '../../app/notices';
import { useWatch } from '../../app/watch';
import { CommandsOf } from '../../ui/CommandsButton';
import { DeleteDialog } from '../../ui/DeleteDialog';
import { Dialog } from '../../ui/Dialog';
import { allows, type Act } from './condition';
import { ChangeServer } from './ChangeServer';
import { RenameServer } from './RenameServer';
import { usePassword } from './usePassword';

/** Asked for with one click and no more: they interrupt nothing, or nothing is lost by them. */
const AT_ONCE = {
  pause: { pause: null },
  unpause: { unpause: null },
  suspend: { suspend: null },
  resume: { resume: null },
  unrescue: { unrescue: null },
  confirmResize: { confirmResize: null },
  revertResize: { revertResize: null },
  unshelve: { unshelve: null },
  restore: { restore: null },
} as const satisfies Partial<Record<Act, ServerAction>>;

type AtOnce = keyof typeof AT_ONCE;

/** In the menu, by what they are about; those that fit no state of the servers chosen are greyed with the reason. */
const GROUPS: readonly { id: 'standstill' | 'disk'; acts: readonly Act[] }[] = [
  { id: 'standstill', acts: ['reboot', 'pause', 'unpause', 'suspend', 'resume', 'shelve', 'unshelve'] },
  { id: 'disk', acts: ['snapshot', 'resize', 'confirmResize', 'revertResize', 'rebuild', 'rescue', 'unrescue'] },
];

type Open = Exclude<Act, 'start' | AtOnce> | 'rename' | 'commands';

interface ServerActionsProps {
  servers: readonly Server[];
  /** Called after the deletion of the servers was accepted. */
  onDeleted?: () => void;
  /** Whether what is asked of the page is asked of these servers. */
  asked?: boolean;
}

export function ServerActions({ servers, onDeleted, asked: hears = false }: ServerActionsProps) {
  const { t } = useTranslation();
  const [open, setOpen] = useState<Open | null>(null);
  const [hard, setHard] = useState<'SOFT' | 'HARD'>('SOFT');
  const run = useRun(servers);
  const can = (act: Act) => servers.length > 0 && servers.every((server) => allows(server, act));
  const asked = (action: ServerAction) => servers.map((server) => actOnServer.describe(server.id, action));
  const close = () => setOpen(null);
  const names = servers.map((server) => server.name);
  const only = servers.length === 1 ? servers[0] : undefined;
  const subject = only ? only.name : t('servers.several', { number: servers.length });
  const item = (act: Act) => ({ id: act, text: t(`servers.actions.${act}`), disabled: !can(act), disabledReason: why });
  const why = servers.length === 0 ? t('servers.actions.selectFirst') : t('servers.actions.notNow');

  const begin = (act: AtOnce | Open | 'start') => {
    if (act === 'start') void run(act, { 'os-start': null });
    else if (act in AT_ONCE) void run(act as AtOnce, AT_ONCE[act as AtOnce]);
    else setOpen(act as Open);
  };
  useAsked((ask) => (ask === 'rename' || can(ask as Act)) && begin(ask as Act | 'rename'), hears);
  const told = Object.entries({ start: { 'os-start': null }, ...AT_ONCE } satisfies Partial<Record<Act, ServerAction>>).flatMap(([act, action]) =>
    can(act as Act) ? [{ text: t(`servers.actions.${act as Act}`), acts: asked(action) }] : [],
  );
  return (
    <>
      <SpaceBetween direction="horizontal" size="xs">
        <Button disabled={!can('start')} onClick={() => begin('start')}>
          {t('servers.actions.start')}
        </Button>
        <Button disabled={!can('stop')} onClick={() => setOpen('stop')}>
          {t('servers.actions.stop')}
        </Button>
        <ButtonDropdown
          disabled={servers.length === 0}
          items={[
            ...GROUPS.map((group) => ({ text: t(`servers.actions.groups.${group.id}`), items: group.acts.map(item) })),
            { id: 'rename', text: t('servers.actions.rename'), disabled: !only, disabledReason: t('servers.actions.onlyOne') },
            { id: 'commands', text: t('commands.title') },
            item('restore'),
            item('delete'),
          ]}
          onItemClick={({ detail }) => begin(detail.id as AtOnce | Open)}
        >
          {t('servers.actions.more')}
        </ButtonDropdown>
      </SpaceBetween>

      {open === 'commands' && <CommandsOf actions={told} onClose={close} />}
      {open === 'stop' && (
        <Dialog
          title={t('servers.stop.title', { name: subject })}
          submit={t('servers.actions.stop')}
          onClose={close}
          acts={asked({ 'os-stop': null })}
          onSubmit={async () => {
            await run('stop', { 'os-stop': null });
            close();
          }}
        >
          <Box>{t('servers.stop.text')}</Box>
          <Alert type="info">{t('servers.stop.keeps')}</Alert>
        </Dialog>
      )}
      {open === 'reboot' && (
        <Dialog
          title={t('servers.reboot.title', { name: subject })}
          submit={t('servers.actions.reboot')}
          onClose={close}
          acts={asked({ reboot: { type: hard } })}
          onSubmit={async () => {
            await run('reboot', { reboot: { type: hard } });
            close();
          }}
        >
          <RadioGroup
            value={hard}
            onChange={({ detail }) => setHard(detail.value as 'SOFT' | 'HARD')}
            items={[
              { value: 'SOFT', label: t('servers.reboot.soft'), description: t('servers.reboot.softText') },
              { value: 'HARD', label: t('servers.reboot.hard'), description: t('servers.reboot.hardText') },
            ]}
          />
        </Dialog>
      )}
      {open === 'shelve' && (
        <Dialog
          title={t('servers.shelve.title', { name: subject })}
          submit={t('servers.actions.shelve')}
          onClose={close}
          acts={asked({ shelve: null })}
          onSubmit={async () => {
            await run('shelve', { shelve: null });
            close();
          }}
        >
          <Box>{t('servers.shelve.text')}</Box>
        </Dialog>
      )}
      {(open === 'resize' || open === 'rebuild' || open === 'rescue' || open === 'snapshot') && (
        <ChangeServer act={open} servers={servers} subject={subject} run={run} onClose={close} />
      )}
      {open === 'rename' && only && <RenameServer server={only} onClose={close} />}
      {open === 'delete' && (
        <DeleteDialog
          title={t('servers.delete.title', { name: subject })}
          warning={t('servers.delete.warning')}
          names={names}
          typed={only ? only.name : t('servers.delete.word')}
          onClose={close}
          acts={servers.map((server) => deleteServer.describe(server.id))}
          onDelete={async () => {
            const accepted = await run('delete', null);
            close();
            if (accepted) onDeleted?.();
          }}
        />
      )}
    </>
  );
}

/** Asks it of each server; one that refuses does not hold up the others and gets a notice of its own. */
function useRun(servers: readonly Server[]) {
  const { t } = useTranslation();
  const { failed } = useNotices();
  const watch = useWatch();
  const tellPassword = usePassword();
  const client = useQueryClient();
  return async (act: Act, action: ServerAction | null): Promise<boolean> => {
    const outcomes = await Promise.all(
      servers.map(async (server) => {
        try {
          const answer = await (action ? actOnServer(server.id, action) : deleteServer(server.id));
          const password = answer?.adminPass ?? answer?.server?.adminPass;
          if (password && (act === 'rescue' || act === 'rebuild')) tellPassword(act, server.name, password);
          watch(server.id, server.name, act);
          return true;
        } catch (error) {
          failed(t(`watch.${act}.failed`, { name: server.name }), error);
          return false;
        }
      }),
    );
    await client.invalidateQueries({ queryKey: ['servers'] });
    return outcomes.every((accepted) => accepted);
  };
}

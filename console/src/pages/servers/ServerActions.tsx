// What can be asked of one or several servers: all that their state allows, each after a question where it interrupts or destroys.
import Button from '@cloudscape-design/components/button';
import ButtonDropdown from '@cloudscape-design/components/button-dropdown';
import SpaceBetween from '@cloudscape-design/components/space-between';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { actOnServer, type Server, type ServerAction } from '../../api/compute';
import { useAsked } from '../../app/asked';
import { CommandsOf } from '../../ui/CommandsButton';
import { AskServers } from './AskServers';
import { allows, type Act } from './condition';
import { ChangeServer } from './ChangeServer';
import { DeleteServers } from './DeleteServers';
import { RenameServer } from './RenameServer';
import { useAtOnce } from './useAtOnce';

/** Asked for with one click and no more: nothing is interrupted or lost by them. */
const AT_ONCE = {
  start: { 'os-start': null },
  unpause: { unpause: null },
  resume: { resume: null },
  unrescue: { unrescue: null },
  unshelve: { unshelve: null },
  restore: { restore: null },
} as const satisfies Partial<Record<Act, ServerAction>>;

type AtOnce = keyof typeof AT_ONCE;

/** In the menu, by what they are about; those that fit no state of the servers chosen are greyed with the reason. */
const GROUPS: readonly { id: 'standstill' | 'disk'; acts: readonly Act[] }[] = [
  { id: 'standstill', acts: ['reboot', 'pause', 'unpause', 'suspend', 'resume', 'shelve', 'unshelve'] },
  { id: 'disk', acts: ['snapshot', 'resize', 'confirmResize', 'revertResize', 'rebuild', 'rescue', 'unrescue'] },
];

type Open = Exclude<Act, keyof typeof AT_ONCE> | 'rename' | 'commands';

interface ServerActionsProps {
  servers: readonly Server[];
  /** Called after the deletion of all the servers was accepted. */
  onDeleted?: () => void;
  /** Whether what is asked of the page is asked of these servers. */
  asked?: boolean;
}

export function ServerActions({ servers, onDeleted, asked: hears = false }: ServerActionsProps) {
  const { t } = useTranslation();
  const [open, setOpen] = useState<Open | null>(null);
  const atOnce = useAtOnce();
  const can = (act: Act) => servers.length > 0 && servers.every((server) => allows(server, act));
  const close = () => setOpen(null);
  const only = servers.length === 1 ? servers[0] : undefined;
  // As it stands before what follows it: in Japanese, a name apart and a number of servers not.
  const subject = only ? t('servers.one', { name: only.name }) : t('servers.several', { number: servers.length });
  const why = servers.length === 0 ? t('servers.actions.selectFirst') : t('servers.actions.notNow');
  const item = (act: Act) => ({ id: act, text: t(`servers.actions.${act}`), disabled: !can(act), disabledReason: why });

  const begin = (act: AtOnce | Open) => {
    if (act in AT_ONCE) void atOnce(servers, act as AtOnce, AT_ONCE[act as AtOnce]);
    else setOpen(act as Open);
  };
  useAsked((ask) => (ask === 'rename' || can(ask as Act)) && begin(ask as Act | 'rename'), hears);
  const told = (Object.keys(AT_ONCE) as AtOnce[])
    .filter(can)
    .map((act) => ({ text: t(`servers.actions.${act}`), acts: servers.map((server) => actOnServer.describe(server.id, AT_ONCE[act])) }));
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
          expandToViewport
          disabled={servers.length === 0}
          items={[
            ...GROUPS.map((group) => ({ text: t(`servers.actions.groups.${group.id}`), items: group.acts.map(item) })),
            { id: 'rename', text: t('servers.actions.rename'), disabled: !only, disabledReason: t('servers.actions.onlyOne') },
            { id: 'commands', text: t('commands.title'), disabled: told.length === 0, disabledReason: t('servers.actions.notNow') },
            item('restore'),
            item('delete'),
          ]}
          onItemClick={({ detail }) => begin(detail.id as AtOnce | Open)}
        >
          {t('servers.actions.more')}
        </ButtonDropdown>
      </SpaceBetween>
      {open === 'commands' && <CommandsOf actions={told} onClose={close} />}
      <Question open={open} servers={servers} subject={subject} onStop={() => setOpen('stop')} onClose={close} {...(onDeleted ? { onDeleted } : {})} />
    </>
  );
}

interface QuestionProps extends ServerActionsProps {
  open: Open | null;
  subject: string;
  onStop: () => void;
  onClose: () => void;
}

function Question({ open, servers, subject, onStop, onClose, onDeleted }: QuestionProps) {
  const [only] = servers;
  switch (open) {
    case null:
    case 'commands':
      return null;
    case 'rename':
      return only ? <RenameServer server={only} onClose={onClose} /> : null;
    case 'resize':
    case 'rebuild':
    case 'rescue':
    case 'snapshot':
      return <ChangeServer act={open} servers={servers} subject={subject} onClose={onClose} />;
    case 'delete':
      return (
        <DeleteServers
          servers={servers}
          subject={subject}
          onStop={onStop}
          onGone={(gone) => {
            if (gone.length === servers.length) onDeleted?.();
          }}
          onClose={onClose}
        />
      );
    default:
      return <AskServers act={open} servers={servers} subject={subject} onClose={onClose} />;
  }
}

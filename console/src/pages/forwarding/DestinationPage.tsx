// One destination: how its delivery stands, and what can be done about it.
import Alert from '@cloudscape-design/components/alert';
import Box from '@cloudscape-design/components/box';
import Button from '@cloudscape-design/components/button';
import Container from '@cloudscape-design/components/container';
import Header from '@cloudscape-design/components/header';
import KeyValuePairs from '@cloudscape-design/components/key-value-pairs';
import SpaceBetween from '@cloudscape-design/components/space-between';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useNavigate, useParams } from 'react-router';
import type { Act } from '../../api/act';
import {
  pauseDestination,
  readDestination,
  removeDestination,
  renewSecret,
  resumeDestination,
  testDestination,
  tryDestination,
  type Destination,
  type Trial,
} from '../../api/forwarding';
import { CALM } from '../../api/polling';
import { useCrumbs } from '../../app/crumbs';
import { useMay } from '../../app/rights';
import { CommandsButton } from '../../ui/CommandsButton';
import { DeleteDialog } from '../../ui/DeleteDialog';
import { Dialog } from '../../ui/Dialog';
import { Failure } from '../../ui/Failure';
import { useFormat } from '../../ui/useFormat';
import { Waiting } from '../../ui/Waiting';
import { DestinationForm } from './DestinationForm';
import { ForwardingSign, ProblemText, placeOf } from './ForwardingSign';
import { SecretOnce } from './SecretOnce';
import { SetUp } from './SetUp';
import { TrialResult } from './TrialResult';

type Open = 'change' | 'secret' | 'delete' | null;

/** Connecting and sending are cut after 20 seconds. */
const LONGEST_ATTEMPT = 30_000;
const LOOK_AGAIN = 1_000;

/** Has it tried, and waits until that has been done: how the destination is then. */
async function attempted(id: string, before: Destination): Promise<Destination> {
  let now = await tryDestination(id);
  const end = Date.now() + LONGEST_ATTEMPT;
  while (now.problem && now.tries === before.tries && now.state === 'active' && Date.now() < end) {
    await new Promise((again) => setTimeout(again, LOOK_AGAIN));
    now = await readDestination(id);
  }
  return now;
}

export default function DestinationPage() {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const { id = '' } = useParams();
  const may = useMay();
  const client = useQueryClient();
  const [open, setOpen] = useState<Open>(null);
  const [secret, setSecret] = useState<string | null>(null);
  const [work, setWork] = useState<{ busy?: string; error?: unknown; trial?: Trial; attempt?: 'taken' | 'refused' | 'open' }>({});
  const one = useQuery({ queryKey: ['forwarding', 'one', id], queryFn: ({ signal }) => readDestination(id, signal), refetchInterval: CALM });
  useCrumbs({ text: t('nav.forwarding'), href: '/forwarding' }, { text: one.data?.name ?? id });
  if (one.isPending) return <Waiting />;
  if (!one.data) return <Failure error={one.error} onRetry={() => void one.refetch()} />;
  const destination = one.data;
  const operates = may('history:forwarding:operate');
  const manages = may('history:forwarding:manage');
  const changed = async () => client.invalidateQueries({ queryKey: ['forwarding'] });
  const run = async (busy: string, what: () => Promise<unknown>) => {
    setWork({ busy });
    try {
      const result = await what();
      setWork(busy === 'test' ? { trial: result as Trial } : busy === 'attempt' ? { attempt: outcome(result as Destination) } : {});
      await changed();
    } catch (error) {
      setWork({ error });
    }
  };
  const outcome = (now: Destination) => (!now.problem ? 'taken' : now.tries === destination.tries ? 'open' : 'refused');
  const button = (name: 'test' | 'attempt' | 'pause' | 'resume', what: () => Promise<unknown>, primary = false) => (
    <Button variant={primary ? 'primary' : 'normal'} loading={work.busy === name} disabled={work.busy !== undefined && work.busy !== name} onClick={() => void run(name, what)}>
      {t(`forwarding.acts.${name}`)}
    </Button>
  );
  const active = destination.state === 'active';
  const acts: readonly (readonly ['test' | 'attempt' | 'pause' | 'resume', Act])[] = [
    ['test', testDestination.describe(id)],
    ...(destination.problem && active ? ([['attempt', tryDestination.describe(id)]] as const) : []),
    active ? ['pause', pauseDestination.describe(id)] : ['resume', resumeDestination.describe(id)],
  ];
  return (
    <SpaceBetween size="l">
      <Header
        variant="h1"
        actions={
          <SpaceBetween direction="horizontal" size="xs">
            {operates && <CommandsButton actions={acts.map(([name, act]) => ({ text: t(`forwarding.acts.${name}`), acts: [act] }))} />}
            {operates && button('test', () => testDestination(id))}
            {operates && destination.problem && destination.state === 'active' && button('attempt', () => attempted(id, destination), true)}
            {operates && (destination.state === 'active' ? button('pause', () => pauseDestination(id)) : button('resume', () => resumeDestination(id), true))}
            {manages && <Button onClick={() => setOpen('change')}>{t('forwarding.change')}</Button>}
            {manages && destination.kind === 'webhook' && <Button onClick={() => setOpen('secret')}>{t('forwarding.newSecret')}</Button>}
            {manages && <Button onClick={() => setOpen('delete')}>{t('common.delete')}</Button>}
          </SpaceBetween>
        }
      >
        {destination.name}
      </Header>
      <Failure error={work.error} />
      {work.trial && <TrialResult trial={work.trial} good={t('forwarding.testTaken')} />}
      {work.attempt === 'taken' && !destination.problem && <Alert type="success" header={t('forwarding.takenNow')} />}
      {work.attempt === 'open' && destination.problem && <Alert type="info" header={t('forwarding.notTriedYet')} />}
      {destination.problem && (
        <Alert
          type={destination.state === 'gone' ? 'warning' : 'error'}
          header={t(destination.state === 'gone' ? 'forwarding.goneHeader' : work.attempt === 'refused' ? 'forwarding.stillRefused' : 'forwarding.failingHeader')}
        >
          <ProblemText problem={destination.problem} />
          <Box color="inherit">{t('forwarding.nothingLost')}</Box>
        </Alert>
      )}
      {destination.parked > 0 && (
        <Alert type="warning" header={t('forwarding.parkedHeader', { parked: destination.parked })}>
          {t('forwarding.parkedText', { place: destination.lastParked })}
        </Alert>
      )}
      <Facts of={destination} />
      <SetUp kind={destination.kind} />
      {open === 'change' && (
        <DestinationForm
          destination={destination}
          onClose={() => setOpen(null)}
          onDone={async () => {
            setOpen(null);
            await changed();
          }}
        />
      )}
      {open === 'secret' && (
        <Dialog
          title={t('forwarding.newSecret')}
          submit={t('forwarding.newSecret')}
          onClose={() => setOpen(null)}
          acts={[renewSecret.describe(id)]}
          onSubmit={async () => {
            const made = await renewSecret(id);
            setOpen(null);
            setSecret(made.secret ?? null);
            await changed();
          }}
        >
          <Box>{t('forwarding.newSecretText')}</Box>
        </Dialog>
      )}
      {open === 'delete' && (
        <DeleteDialog
          title={t('forwarding.remove')}
          warning={t('forwarding.removeText')}
          items={[destination]}
          idOf={() => id}
          nameOf={(one) => one.name}
          typed
          onClose={() => setOpen(null)}
          acts={[removeDestination.describe(id)]}
          remove={() => removeDestination(id)}
          onGone={(gone) => gone.length > 0 && navigate('/forwarding', { replace: true })}
        />
      )}
      {secret && <SecretOnce secret={secret} onClose={() => setSecret(null)} />}
    </SpaceBetween>
  );
}

function Facts({ of }: { of: Destination }) {
  const { t } = useTranslation();
  const format = useFormat();
  const time = (value: string | undefined) => (value ? format.time(value) : '–');
  return (
    <Container header={<Header variant="h2">{t('forwarding.delivery')}</Header>}>
      <KeyValuePairs
        columns={3}
        items={[
          { label: t('servers.status'), value: <ForwardingSign of={of} /> },
          { label: t('forwarding.delivered'), value: time(of.deliveredAt) },
          { label: t('forwarding.waiting'), value: t('forwarding.events', { events: of.waiting }) },
          { label: t('forwarding.lag'), value: of.lagSeconds > 0 ? format.span(of.lagSeconds * 1_000) : '–' },
          { label: t('forwarding.failingSince'), value: of.failingSince ? t('forwarding.tries', { time: format.time(of.failingSince), tries: of.tries }) : '–' },
          { label: t('forwarding.nextTry'), value: time(of.nextTryAt) },
          { label: t('forwarding.kind'), value: t(`forwarding.kinds.${of.kind}`) },
          { label: t('forwarding.place'), value: placeOf(of) },
          { label: t('forwarding.nextPlace'), value: of.next },
          { label: t('forwarding.authority'), value: t(of.authority ? 'forwarding.ownAuthority' : 'forwarding.publicAuthority') },
          { label: t('forwarding.created'), value: `${of.createdBy}, ${format.time(of.createdAt)}` },
          ...(of.formerUntil ? [{ label: t('forwarding.formerUntil'), value: format.time(of.formerUntil) }] : []),
        ]}
      />
    </Container>
  );
}

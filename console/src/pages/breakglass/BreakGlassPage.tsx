// Break-glass: who asks for access to a customer's project or to a host, who has it and for how long, and what waits for its review.
import Alert from '@cloudscape-design/components/alert';
import Box from '@cloudscape-design/components/box';
import Button from '@cloudscape-design/components/button';
import Header from '@cloudscape-design/components/header';
import SpaceBetween from '@cloudscape-design/components/space-between';
import StatusIndicator from '@cloudscape-design/components/status-indicator';
import Table, { type TableProps } from '@cloudscape-design/components/table';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { approveAccess, declineAccess, endAccess, type BreakGlassCase } from '../../api/breakGlass';
import { queries } from '../../api/queries';
import { useAsked } from '../../app/asked';
import { useCrumbs } from '../../app/crumbs';
import { useMay } from '../../app/rights';
import { useSession } from '../../app/session';
import { OpenView } from '../../app/viewing/OpenView';
import { Dialog } from '../../ui/Dialog';
import { Failure } from '../../ui/Failure';
import { useFormat } from '../../ui/useFormat';
import { Waiting } from '../../ui/Waiting';
import { LogInAlarms } from './LogIns';
import { RequestAccess } from './RequestAccess';
import { ReviewAccess } from './ReviewAccess';
import { useSubject } from './useSubject';

const SIGNS = { requested: 'pending', lapsed: 'stopped', declined: 'stopped', running: 'in-progress', review_due: 'warning', reviewed: 'success' } as const;

const OPEN: readonly BreakGlassCase['state'][] = ['requested', 'running', 'review_due'];

type Step = { what: 'approve' | 'decline' | 'end' | 'review'; of: BreakGlassCase };

const WORK = { approve: approveAccess, decline: declineAccess, end: endAccess };

export default function BreakGlassPage() {
  const { t } = useTranslation();
  const client = useQueryClient();
  const session = useSession();
  const may = useMay();
  const answer = useQuery(queries.breakGlass());
  const [asking, setAsking] = useState(false);
  const [opening, setOpening] = useState(false);
  useAsked((ask) => {
    if (ask === 'request') setAsking(true);
    if (ask === 'view') setOpening(true);
  });
  const [step, setStep] = useState<Step | null>(null);
  useCrumbs({ text: t('nav.breakGlass') });
  const columns = useColumns();
  const subject = useSubject();
  if (answer.isPending) return <Waiting />;
  if (!answer.data) return <Failure error={answer.error} onRetry={() => void answer.refetch()} />;
  const { setting, cases, logIns } = answer.data;
  const changed = () => void client.invalidateQueries({ queryKey: ['break-glass'] });
  const me = session.user.id;
  const open = cases.filter((one) => OPEN.includes(one.state));
  const closed = cases.filter((one) => !OPEN.includes(one.state));
  return (
    <SpaceBetween size="l">
      <Header
        variant="h1"
        description={t('breakGlass.text')}
        actions={
          <SpaceBetween direction="horizontal" size="xs">
            {may('session:view') && <Button onClick={() => setOpening(true)}>{t('viewing.open')}</Button>}
            {may('operation:break-glass:request') && (
              <Button variant="primary" onClick={() => setAsking(true)}>
                {t('breakGlass.ask')}
              </Button>
            )}
          </SpaceBetween>
        }
      >
        {t('nav.breakGlass')}
      </Header>
      <Alert type={setting === 'required' ? 'success' : 'warning'} header={t(`breakGlass.setting.${setting}`)}>
        {t(`breakGlass.settingText.${setting}`)}
      </Alert>
      {open.some((one) => one.state === 'review_due') && <Alert type="warning">{t('breakGlass.reviewsDue')}</Alert>}
      {logIns.length > 0 && <LogInAlarms logIns={logIns} onDone={changed} />}
      <Table
        header={<Header counter={`(${open.length})`}>{t('breakGlass.open')}</Header>}
        items={open}
        trackBy="id"
        wrapLines
        empty={<Box textAlign="center">{t('breakGlass.nothingOpen')}</Box>}
        columnDefinitions={[
          ...columns,
          { id: 'actions', header: t('common.actions'), minWidth: 120, cell: (one) => <Steps of={one} me={me} onStep={(what) => setStep({ what, of: one })} /> },
        ]}
      />
      <Table
        header={<Header counter={`(${closed.length})`}>{t('breakGlass.closed')}</Header>}
        items={closed}
        trackBy="id"
        wrapLines
        empty={<Box textAlign="center">{t('breakGlass.nothingClosed')}</Box>}
        columnDefinitions={[
          ...columns,
          { id: 'review', header: t('breakGlass.review'), cell: (one) => (one.reviewedBy ? `${one.reviewedBy.name}: ${one.reviewNote ?? ''}` : '–') },
        ]}
      />
      {opening && <OpenView onClose={() => setOpening(false)} />}
      {asking && <RequestAccess onClose={() => setAsking(false)} onDone={changed} />}
      {step?.what === 'review' && <ReviewAccess of={step.of} onClose={() => setStep(null)} onDone={changed} />}
      {step && step.what !== 'review' && (
        <Dialog
          title={t(`breakGlass.steps.${step.what}`)}
          submit={t(`breakGlass.steps.${step.what}`)}
          onClose={() => setStep(null)}
          acts={[WORK[step.what].describe(step.of.id)]}
          onSubmit={async () => {
            if (step.what !== 'review') await WORK[step.what](step.of.id);
            setStep(null);
            changed();
          }}
        >
          <Box>{t(`breakGlass.stepText.${step.what}`, { name: step.of.requestedBy.name, subject: subject(step.of), minutes: step.of.minutes })}</Box>
          <Box>{t('breakGlass.because', { reason: step.of.reason, ticket: step.of.ticket })}</Box>
        </Dialog>
      )}
    </SpaceBetween>
  );
}

/** What the reader may do now; three people are needed, so some of it is for others. */
function Steps({ of, me, onStep }: { of: BreakGlassCase; me: string; onStep: (what: Step['what']) => void }) {
  const { t } = useTranslation();
  const may = useMay();
  const own = of.requestedBy.id === me;
  const button = (what: Step['what'], text: string = t(`breakGlass.steps.${what}`)) => (
    <Button key={what} variant="inline-link" ariaLabel={`${text} (${of.ticket})`} onClick={() => onStep(what)}>
      {text}
    </Button>
  );
  if (of.state === 'running') return may('operation:break-glass:end') && button('end');
  if (of.state === 'review_due') {
    return own || !may('operation:break-glass:review') || of.decidedBy?.id === me ? <Box color="text-body-secondary">{t('breakGlass.byThird')}</Box> : button('review');
  }
  return (
    <SpaceBetween direction="horizontal" size="xs">
      {own || !may('operation:break-glass:decide') ? <Box color="text-body-secondary">{t('breakGlass.bySecond')}</Box> : button('approve')}
      {may('operation:break-glass:end') && button('decline', own ? t('breakGlass.takeBack') : undefined)}
    </SpaceBetween>
  );
}

function useColumns(): TableProps.ColumnDefinition<BreakGlassCase>[] {
  const { t } = useTranslation();
  const format = useFormat();
  const left = (one: BreakGlassCase) => Math.max(0, Math.ceil((Date.parse(one.endsAt ?? '') - Date.now()) / 60_000));
  return [
    {
      id: 'state',
      header: t('servers.status'),
      minWidth: 150,
      cell: (one) => (
        <StatusIndicator type={SIGNS[one.state]}>
          {one.state === 'running' ? t('breakGlass.left', { minutes: left(one) }) : t(`breakGlass.states.${one.state}`)}
        </StatusIndicator>
      ),
    },
    {
      id: 'subject',
      header: t('breakGlass.kind'),
      minWidth: 120,
      isRowHeader: true,
      cell: (one) => (
        <>
          <code>{one.host ? one.host.name : one.project}</code>
          <Box color="text-body-secondary">{t(`breakGlass.kinds.${one.host ? 'host' : 'project'}`)}</Box>
        </>
      ),
    },
    { id: 'ticket', header: t('breakGlass.ticket'), minWidth: 110, cell: (one) => one.ticket },
    { id: 'reason', header: t('breakGlass.reason'), minWidth: 180, cell: (one) => one.reason },
    { id: 'by', header: t('breakGlass.requested'), cell: (one) => `${one.requestedBy.name}, ${format.time(one.requestedAt)}` },
    {
      id: 'decided',
      header: t('breakGlass.decided'),
      cell: (one) => (one.decidedBy && one.decidedAt ? `${one.decidedBy.name}, ${format.time(one.decidedAt)}` : '–'),
    },
    {
      id: 'ends',
      header: t('breakGlass.ends'),
      cell: (one) => (one.endsAt ? [format.time(one.endsAt), one.endedBy?.name].filter(Boolean).join(', ') : t('breakGlass.minutes', { minutes: one.minutes })),
    },
  ];
}

// The register of evidence holds: made by one officer, confirmed by another, ended by two.
import Box from '@cloudscape-design/components/box';
import Button from '@cloudscape-design/components/button';
import Header from '@cloudscape-design/components/header';
import SpaceBetween from '@cloudscape-design/components/space-between';
import StatusIndicator from '@cloudscape-design/components/status-indicator';
import Table from '@cloudscape-design/components/table';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { bind, type Bound } from '../../api/act';
import { confirmHold, endHold, keepHold, openHold, type Hold } from '../../api/evidence';
import { queries } from '../../api/queries';
import { useAsked } from '../../app/asked';
import { useMay } from '../../app/rights';
import { useSession } from '../../app/session';
import { Failure } from '../../ui/Failure';
import { useFormat } from '../../ui/useFormat';
import { Waiting } from '../../ui/Waiting';
import { Ask } from './Ask';
import { Empty } from './Empty';
import { MakeHold } from './MakeHold';
import { Search } from './Search';

const SIGNS = { provisional: 'pending', in_force: 'success', ending: 'warning', ended: 'stopped', over: 'stopped', lapsed: 'error' } as const;

type What = 'confirm' | 'end' | 'keep' | 'open';

/** What one of the officers may do now; for some of it another one is needed. */
function stepsOf(hold: Hold, me: string): What[] {
  const open: What[] = hold.mayTell ? [] : ['open'];
  if (hold.state === 'provisional') return hold.madeBy.id === me ? ['end', ...open] : ['confirm', 'end', ...open];
  if (hold.state === 'in_force') return ['end', ...open];
  if (hold.state === 'ending') return hold.endAskedBy?.id === me ? ['keep', ...open] : ['end', 'keep', ...open];
  return [];
}

export function Holds() {
  const { t } = useTranslation();
  const logs: Record<string, string> = t('history.values', { returnObjects: true }).class;
  const format = useFormat();
  const client = useQueryClient();
  const session = useSession();
  const may = useMay();
  const [words, setWords] = useState('');
  const [making, setMaking] = useState(false);
  useAsked((ask) => ask === 'hold' && setMaking(true));
  const [step, setStep] = useState<{ what: What; of: Hold } | null>(null);
  const answer = useQuery(queries.holds(words));
  const changed = () => void client.invalidateQueries({ queryKey: ['evidence'] });
  if (answer.isPending) return <Waiting />;
  if (!answer.data) return <Failure error={answer.error} onRetry={() => void answer.refetch()} />;
  const run = (of: Hold, what: What, reason: string): Bound => {
    if (what === 'confirm') return bind(confirmHold, of.id);
    if (what === 'end') return bind(endHold, of.id, reason);
    return what === 'keep' ? bind(keepHold, of.id) : bind(openHold, of.id);
  };
  const title = (of: Hold, what: What) => t(what === 'end' && of.state === 'ending' ? 'evidence.holds.steps.agree' : `evidence.holds.steps.${what}`);
  return (
    <>
      <Table
        header={
          <Header
            counter={`(${answer.data.length})`}
            description={t('evidence.holds.text')}
            actions={
              may('evidence:hold:make') && (
                <Button variant="primary" onClick={() => setMaking(true)}>
                  {t('evidence.holds.make')}
                </Button>
              )
            }
          >
            {t('evidence.holds.title')}
          </Header>
        }
        filter={<Search onWords={setWords} />}
        items={answer.data}
        trackBy="id"
        wrapLines
        empty={<Empty title={t('evidence.holds.none')} text={t('evidence.holds.noneText')} />}
        columnDefinitions={[
          {
            id: 'state',
            header: t('servers.status'),
            minWidth: 120,
            cell: (one) => <StatusIndicator type={SIGNS[one.state]}>{t(`evidence.holds.states.${one.state}`)}</StatusIndicator>,
          },
          { id: 'reference', header: t('evidence.reference'), isRowHeader: true, minWidth: 100, cell: (one) => one.reference },
          {
            id: 'what',
            header: t('evidence.holds.what'),
            minWidth: 180,
            cell: (one) => (
              <div style={{ overflowWrap: 'anywhere' }}>
                {one.project && <div>{t('evidence.ofProject', { project: one.project })}</div>}
                {one.everything ? (
                  <div>{t('evidence.holds.everything')}</div>
                ) : (
                  one.things.map((thing) => (
                    <div key={`${thing.kind} ${thing.id}`}>
                      {t(`evidence.kinds.${thing.kind}`)} {thing.kind === 'backups' ? '' : thing.kind === 'log' ? (logs[thing.id] ?? thing.id) : thing.name || thing.id}
                    </div>
                  ))
                )}
              </div>
            ),
          },
          {
            id: 'why',
            header: t('evidence.why'),
            minWidth: 160,
            cell: (one) => (
              <>
                <div>{one.authority}</div>
                <Box color="text-body-secondary">{one.reason}</Box>
                <Box color="text-body-secondary">
                  {t('evidence.mayTell')}: {t(one.mayTell ? 'common.yes' : 'common.no')}
                </Box>
              </>
            ),
          },
          {
            id: 'people',
            header: t('evidence.people'),
            minWidth: 150,
            cell: (one) => (
              <>
                <div>
                  {one.madeBy.name}, {format.time(one.madeAt)}
                </div>
                {one.confirmedBy && <div>{t('evidence.holds.confirmedBy', { name: one.confirmedBy.name })}</div>}
                {one.endAskedBy && !one.endedBy && <div>{t('evidence.holds.endAskedBy', { name: one.endAskedBy.name, reason: one.endReason })}</div>}
                {one.endedBy && <div>{t('evidence.holds.endedBy', { name: one.endedBy.name, reason: one.endReason ?? '' })}</div>}
              </>
            ),
          },
          { id: 'until', header: t('evidence.holds.until'), minWidth: 110, cell: (one) => (one.endsAt ? format.time(one.endsAt) : t('evidence.holds.open')) },
          {
            id: 'actions',
            header: t('common.actions'),
            minWidth: 110,
            cell: (one) => (
              <SpaceBetween direction="horizontal" size="xs">
                {may('evidence:hold:end') &&
                  stepsOf(one, session.user.id).map((what) => (
                    <Button key={what} variant="inline-link" ariaLabel={`${title(one, what)} (${one.reference})`} onClick={() => setStep({ what, of: one })}>
                      {title(one, what)}
                    </Button>
                  ))}
                {may('evidence:hold:end') && one.state === 'provisional' && one.madeBy.id === session.user.id && (
                  <Box color="text-body-secondary">{t('evidence.holds.bySecond')}</Box>
                )}
              </SpaceBetween>
            ),
          },
        ]}
      />
      {making && <MakeHold onClose={() => setMaking(false)} onDone={changed} />}
      {step && (
        <Ask
          title={title(step.of, step.what)}
          text={t(`evidence.holds.stepText.${step.what}`, { reference: step.of.reference })}
          {...(step.what === 'end' ? { label: t('breakGlass.reason') } : {})}
          onClose={() => setStep(null)}
          does={(reason) => run(step.of, step.what, reason)}
          onDone={changed}
        />
      )}
    </>
  );
}

// The periods for which a customer is not told of a request: on what ground, by whom.
import Header from '@cloudscape-design/components/header';
import StatusIndicator, { type StatusIndicatorProps } from '@cloudscape-design/components/status-indicator';
import Table from '@cloudscape-design/components/table';
import { useTranslation } from 'react-i18next';
import type { Secrecy } from '../../api/evidence';
import { useFormat } from '../../ui/useFormat';

type PeriodState = 'waiting' | 'running' | 'over' | 'ended' | 'lapsed';

const SIGNS: Record<PeriodState, StatusIndicatorProps.Type> = { waiting: 'pending', running: 'success', over: 'stopped', ended: 'stopped', lapsed: 'stopped' };

function stateOf(one: Secrecy): PeriodState {
  const over = Date.parse(one.until) <= Date.now();
  if (one.ended) return 'ended';
  if (!one.agreed) return over ? 'lapsed' : 'waiting';
  return over ? 'over' : 'running';
}

export function Periods({ periods }: { periods: readonly Secrecy[] }) {
  const { t } = useTranslation();
  const format = useFormat();
  if (periods.length === 0) return null;
  return (
    <Table
      variant="embedded"
      header={<Header variant="h3">{t('evidence.secrecy.title')}</Header>}
      items={periods}
      trackBy="id"
      wrapLines
      columnDefinitions={[
        { id: 'state', header: t('servers.status'), minWidth: 110, cell: (one) => <StatusIndicator type={SIGNS[stateOf(one)]}>{t(`evidence.secrecy.states.${stateOf(one)}`)}</StatusIndicator> },
        { id: 'until', header: t('evidence.secrecy.until'), isRowHeader: true, minWidth: 130, cell: (one) => format.time(one.until) },
        { id: 'ground', header: t('evidence.secrecy.ground'), minWidth: 180, cell: (one) => one.ground },
        {
          id: 'people',
          header: t('evidence.people'),
          minWidth: 170,
          cell: (one) => (
            <>
              <div>{t('evidence.secrecy.askedBy', { name: one.asked.name })}</div>
              {one.agreed && <div>{t('evidence.secrecy.agreedBy', { name: one.agreed.name })}</div>}
              {one.ended && <div>{t('evidence.secrecy.endedBy', { name: one.ended.name, reason: one.endReason ?? '' })}</div>}
            </>
          ),
        },
      ]}
    />
  );
}

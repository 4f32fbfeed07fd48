// What came of each of several things that were asked for at once; a refusal with the service's own sentence.
import Box from '@cloudscape-design/components/box';
import StatusIndicator, { type StatusIndicatorProps } from '@cloudscape-design/components/status-indicator';
import { useTranslation } from 'react-i18next';
import { failureText } from '../Failure';
import type { Outcome } from './runEach';

const SIGNS = { waiting: 'pending', going: 'loading', done: 'success', failed: 'error' } as const satisfies Record<Outcome['state'], StatusIndicatorProps.Type>;

export interface Told {
  id: string;
  name: string;
  outcome: Outcome;
}

export function Outcomes({ told }: { told: readonly Told[] }) {
  const { t } = useTranslation();
  return (
    <ul className="outcomes">
      {told.map(({ id, name, outcome }) => (
        <li key={id}>
          <StatusIndicator type={SIGNS[outcome.state]}>
            {outcome.state === 'waiting' ? name : t(`each.${outcome.state}`, { name })}
          </StatusIndicator>
          {outcome.state === 'failed' && (
            <Box color="text-body-secondary" padding={{ left: 'l' }}>
              {failureText(t, outcome.error)}
            </Box>
          )}
        </li>
      ))}
    </ul>
  );
}

// A server's state as a coloured sign with a word.
import StatusIndicator, { type StatusIndicatorProps } from '@cloudscape-design/components/status-indicator';
import { useTranslation } from 'react-i18next';
import type { Server } from '../../api/compute';
import { conditionOf, type Condition } from './condition';

export const SIGNS: Record<Condition, StatusIndicatorProps.Type> = {
  running: 'success',
  stopped: 'stopped',
  creating: 'loading',
  starting: 'loading',
  stopping: 'loading',
  rebooting: 'loading',
  deleting: 'loading',
  working: 'loading',
  paused: 'stopped',
  suspended: 'stopped',
  rescued: 'warning',
  resized: 'pending',
  shelved: 'stopped',
  restorable: 'stopped',
  error: 'error',
  unknown: 'warning',
};

export function ServerStatus({ server }: { server: Server }) {
  const { t } = useTranslation();
  const condition = conditionOf(server);
  return (
    <span data-condition={condition}>
      <StatusIndicator type={SIGNS[condition]}>{t(`servers.condition.${condition}`)}</StatusIndicator>
    </span>
  );
}

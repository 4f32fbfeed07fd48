// How it stands with an application, for operators.
import StatusIndicator, { type StatusIndicatorProps } from '@cloudscape-design/components/status-indicator';
import { useTranslation } from 'react-i18next';
import type { Application } from '../../api/contract';

const SIGNS = {
  submitted: 'pending',
  approved: 'in-progress',
  accepted: 'success',
  refused: 'stopped',
  withdrawn: 'stopped',
  lapsed: 'stopped',
} as const satisfies Record<Application['state'], StatusIndicatorProps.Type>;

export function ApplicationSign({ application }: { application: Application }) {
  const { t } = useTranslation();
  return <StatusIndicator type={SIGNS[application.state]}>{t(`application.states.${application.state}`)}</StatusIndicator>;
}

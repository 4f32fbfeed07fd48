// A host's state in a word and a sign.
import StatusIndicator from '@cloudscape-design/components/status-indicator';
import { useTranslation } from 'react-i18next';
import type { Host } from '../../api/hosts';

export function HostSign({ host }: { host: Host }) {
  const { t } = useTranslation();
  const type = ({ up: 'success', unknown: 'warning', maintenance: 'stopped' } as const)[host.state];
  return <StatusIndicator type={type}>{t(`hosts.states.${host.state}`)}</StatusIndicator>;
}

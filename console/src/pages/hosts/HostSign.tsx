// A host's state in a word and a sign.
import StatusIndicator from '@cloudscape-design/components/status-indicator';
import { useTranslation } from 'react-i18next';
import type { Host } from '../../api/hosts';

/** The key of the word: a host that is being emptied, or is empty, says so. */
export const hostWord = (host: Host) => (host.state === 'maintenance' && host.drain ? host.drain : host.state);

export function HostSign({ host }: { host: Host }) {
  const { t } = useTranslation();
  const word = hostWord(host);
  const type = ({ up: 'success', unknown: 'warning', maintenance: 'stopped', draining: 'in-progress', drained: 'stopped' } as const)[word];
  return <StatusIndicator type={type}>{t(`hosts.states.${word}`)}</StatusIndicator>;
}

// The state of a network resource (network, port, router, floating address) as a coloured sign with a word.
import StatusIndicator, { type StatusIndicatorProps } from '@cloudscape-design/components/status-indicator';
import type { TFunction } from 'i18next';
import { useTranslation } from 'react-i18next';

const SIGNS = { ACTIVE: 'success', DOWN: 'stopped', BUILD: 'in-progress', ERROR: 'error' } as const satisfies Record<
  string,
  StatusIndicatorProps.Type
>;

/** The words of all states, for lists. */
export const states = (t: TFunction): Record<string, string> =>
  Object.fromEntries((Object.keys(SIGNS) as (keyof typeof SIGNS)[]).map((status) => [status, t(`networks.states.${status}`)]));

export function StateSign({ status }: { status: string }) {
  const { t } = useTranslation();
  if (!(status in SIGNS)) return <StatusIndicator type="info">{status}</StatusIndicator>;
  const known = status as keyof typeof SIGNS;
  return <StatusIndicator type={SIGNS[known]}>{t(`networks.states.${known}`)}</StatusIndicator>;
}

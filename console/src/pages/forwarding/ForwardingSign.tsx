// How a destination is, in a sign and a word.
import StatusIndicator from '@cloudscape-design/components/status-indicator';
import { useTranslation } from 'react-i18next';
import type { Destination, Problem } from '../../api/forwarding';

const REASONS = [
  'no-host',
  'closed-address',
  'unreachable',
  'untrusted',
  'other-name',
  'ended',
  'client-refused',
  'handshake',
  'silent',
  'broken-off',
  'status',
  'too-large',
  'gone',
  'secret',
] as const;

const SIGNS = { paused: 'stopped', gone: 'error', failing: 'error', sending: 'in-progress', ready: 'pending', good: 'success' } as const;

export function conditionOf(one: Destination): keyof typeof SIGNS {
  if (one.state !== 'active') return one.state;
  if (one.problem) return 'failing';
  if (one.waiting > 0) return 'sending';
  return one.deliveredAt ? 'good' : 'ready';
}

export function ForwardingSign({ of }: { of: Destination }) {
  const { t } = useTranslation();
  const condition = conditionOf(of);
  return <StatusIndicator type={SIGNS[condition]}>{t(`forwarding.conditions.${condition}`)}</StatusIndicator>;
}

/** What is wrong, in the visitor's language, and what the service says of it. */
export function ProblemText({ problem }: { problem: Problem }) {
  const { t } = useTranslation();
  const known = REASONS.find((reason) => reason === problem.reason);
  return (
    <>
      {known && <div>{t(`forwarding.reasons.${known}`)}</div>}
      <div>{problem.detail}</div>
    </>
  );
}

export const placeOf = (one: Destination) => (one.kind === 'webhook' ? (one.address ?? '') : `${one.host ?? ''}:${one.port ?? ''}`);

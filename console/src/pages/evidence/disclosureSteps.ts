// Where a request can go from where it stands, and by whom.
import type { Disclosure } from '../../api/evidence';

export const STATES = {
  received: 'pending',
  proposed: 'in-progress',
  granted: 'success',
  partly: 'success',
  refused: 'stopped',
  handed_over: 'success',
  closed: 'stopped',
  withdrawn: 'stopped',
} as const;

export type Step = 'propose' | 'agree' | 'giveBack' | 'handOver' | 'close' | 'withdraw' | 'note' | 'allow' | 'forbid' | 'tell';

export function stepsOf(one: Disclosure, me: string): Step[] {
  const steps: Step[] = [];
  if (one.state === 'received') steps.push('propose');
  if (one.state === 'proposed') steps.push(...(one.proposedBy?.id === me ? (['giveBack'] as const) : (['agree', 'giveBack'] as const)));
  if (one.state === 'granted' || one.state === 'partly') steps.push('handOver');
  if (one.state === 'refused' || one.state === 'handed_over') steps.push('close');
  if (!['refused', 'handed_over', 'closed', 'withdrawn'].includes(one.state)) steps.push('withdraw');
  if (!one.toldAt) steps.push(one.mayTell ? 'forbid' : 'allow');
  if (one.mayTell && one.decidedBy && !one.toldAt) steps.push('tell');
  return [...steps, 'note'];
}

// Where a request can go from where it stands, and by whom.
import type { TFunction } from 'i18next';
import type { Disclosure, Secrecy } from '../../api/evidence';

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

export type Step =
  | 'propose'
  | 'agree'
  | 'giveBack'
  | 'handOver'
  | 'close'
  | 'withdraw'
  | 'note'
  | 'allow'
  | 'forbid'
  | 'tell'
  | 'correct'
  | 'link'
  | 'askSecrecy'
  | 'agreeSecrecy'
  | 'endSecrecy';

const OVER: readonly Disclosure['state'][] = ['refused', 'closed', 'withdrawn'];

/** What a register says of whether the customer knows. */
export function toldWord(one: Disclosure, t: TFunction, time: (iso: string) => string): string {
  if (one.toldAt) return time(one.toldAt);
  if (one.secretUntil) return t('evidence.secrecy.notBefore', { time: time(one.secretUntil) });
  return t(one.mayTell ? 'evidence.disclosures.notYet' : 'evidence.disclosures.never');
}

/** Whether a period has been asked for and nobody has agreed yet. */
export const waits = (one: Secrecy, now: number) => !one.agreed && !one.ended && Date.parse(one.until) > now;

export function stepsOf(one: Disclosure, periods: readonly Secrecy[], me: string, now: number): Step[] {
  const steps: Step[] = [];
  const open = !OVER.includes(one.state);
  if (one.state === 'received') steps.push('propose');
  if (one.state === 'proposed') steps.push(...(one.proposedBy?.id === me ? (['giveBack'] as const) : (['agree', 'giveBack'] as const)));
  if (one.state === 'granted' || one.state === 'partly') steps.push('handOver');
  if (one.state === 'refused' || one.state === 'handed_over') steps.push('close');
  if (open && one.state !== 'handed_over') steps.push('withdraw');
  if (!one.toldAt && !one.secretUntil) steps.push(one.mayTell ? 'forbid' : 'allow');
  if (one.mayTell && one.decidedBy && !one.toldAt) steps.push('tell');
  const asked = periods.find((period) => waits(period, now));
  if (!one.mayTell && open) {
    if (!asked) steps.push('askSecrecy');
    else if (asked.asked.id !== me) steps.push('agreeSecrecy');
  }
  if (asked || one.secretUntil) steps.push('endSecrecy');
  if (open) steps.push('link');
  return [...steps, 'correct', 'note'];
}

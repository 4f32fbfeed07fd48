// The rules of a provider as a form has them.
import type { ProviderRule } from '../../api/providers';
import { nameOf } from '../users/roles';

export const GIVES = ['viewer', 'operator', 'billing', 'master', 'group'] as const;
export type Gives = (typeof GIVES)[number];

export interface RuleRow {
  value: string;
  gives: Gives;
  /** Name of the group where it gives a place in one. */
  group: string;
}

export function rowOf({ value, role, group }: ProviderRule): RuleRow {
  return { value, gives: GIVES.find((each) => role !== null && each === nameOf(role)) ?? 'group', group: group ?? '' };
}

export function ruleOf({ value, gives, group }: RuleRow): ProviderRule {
  return gives === 'group' ? { value: value.trim(), role: null, group: group.trim() } : { value: value.trim(), role: gives, group: null };
}

export const wordsOf = (text: string): string[] => text.split(/[\s,]+/).filter(Boolean);

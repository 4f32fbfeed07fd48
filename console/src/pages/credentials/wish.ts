// What is typed for a new credential, and what becomes of it.
import type { AccessRule, Credential, CredentialWish } from '../../api/credentials';

export const METHODS = ['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE'] as const;
export const SERVICES = ['compute', 'network', 'image', 'identity'] as const;
/** Days for which it is good; 0: without an end. */
export const LIVES = [30, 90, 365, 0] as const;
const DAY = 86_400_000;
const MOST_RULES = 20;

export interface Draft {
  name: string;
  description: string;
  /** none: all */
  roles: readonly string[];
  days: number;
  rules: readonly AccessRule[];
}

export const emptyDraft = (): Draft => ({ name: '', description: '', roles: [], days: 90, rules: [] });

/** For one that takes another's place: the same but for its name, which is taken while the other is there, and its end. */
export function successor(old: Credential, today = new Date()): Draft {
  const name = old.name.replace(/ \d{4}-\d{2}-\d{2}(-\d+)?$/, '');
  const rules = (old.access_rules ?? []).map(({ service, method, path }) => ({ service, method, path }));
  return { name: `${name} ${today.toISOString().slice(0, 10)}`, description: old.description ?? '', roles: old.roles.map((role) => role.name), days: old.expires_at === null ? 0 : 90, rules };
}

export const problemOfRule = ({ path }: AccessRule): boolean => !/^\/\S*$/.test(path);

export const isWhole = (draft: Draft) => draft.name.trim() !== '' && draft.name.length <= 255 && draft.rules.length <= MOST_RULES && !draft.rules.some(problemOfRule);

export const wishOf = (draft: Draft, now = Date.now()): CredentialWish => ({
  name: draft.name.trim(),
  description: draft.description.trim(),
  roles: draft.roles,
  rules: draft.rules,
  expiresAt: draft.days === 0 ? null : `${new Date(now + draft.days * DAY).toISOString().slice(0, 19)}Z`,
});

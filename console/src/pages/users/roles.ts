// How roles are named and compared.
import { ROLES, type HeldRole, type RoleName, type User } from '../../api/users';

/** The names by which OpenStack's clients know ours. */
const TWINS: Readonly<Record<string, RoleName>> = { reader: 'viewer', member: 'operator', manager: 'master' };

/** Ours, for a role of either name; a role of somebody else's making stays as it is. */
export const nameOf = (role: string): string => TWINS[role] ?? role;

export const isKnown = (role: string): role is RoleName => ROLES.some((known) => known === role);

/** What the user holds on the project, by our names, each once. */
export function heldOn(user: User, project: string): string[] {
  return [...new Set(user.roles.filter((held) => held.project?.id === project).map((held) => nameOf(held.role)))];
}

export interface Step {
  what: 'give' | 'take';
  role: string;
}

/** What makes the roles on the project these and no others; first what is given, so that nobody has none in between. */
export function stepsTo(user: User, project: string, wanted: ReadonlySet<string>): Step[] {
  const there: HeldRole[] = user.roles.filter((held) => held.project?.id === project);
  const given = [...wanted].filter((role) => !there.some((held) => nameOf(held.role) === role));
  const taken = there.filter((held) => isKnown(nameOf(held.role)) && !wanted.has(nameOf(held.role)));
  return [...given.map((role) => ({ what: 'give' as const, role })), ...taken.map((held) => ({ what: 'take' as const, role: held.role }))];
}

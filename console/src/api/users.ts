// The users of the contract and the roles that they hold in it.
import { call } from './http';
import type { Named } from './session';

/** What a master gives, from the least to the most. */
export const ROLES = ['billing', 'viewer', 'operator', 'master'] as const;
export type RoleName = (typeof ROLES)[number];

export interface HeldRole {
  /** One of ours, or one of OpenStack's that was given by a client. */
  role: string;
  /** null: on the whole contract */
  project: Named | null;
}

export interface User {
  id: string;
  name: string;
  description: string;
  email: string | null;
  enabled: boolean;
  /** Name of the identity provider whose rules give the roles; null: a master gives them. */
  provider: string | null;
  roles: HeldRole[];
}

export interface Users {
  projects: Named[];
  users: User[];
}

export const listUsers = (signal?: AbortSignal) => call<Users>('GET', '/service/v1/users', { signal });

const address = (user: string, role: string, project: string) =>
  `/service/v1/users/${encodeURIComponent(user)}/roles/${encodeURIComponent(role)}?project=${encodeURIComponent(project)}`;

export const giveRole = (user: string, role: string, project: string) => call<void>('PUT', address(user, role, project));

export const takeRole = (user: string, role: string, project: string) => call<void>('DELETE', address(user, role, project));

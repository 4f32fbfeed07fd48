// The users of the contract and the roles that they hold in it.
import { action } from './act';
import { call } from './http';
import type { Language } from '../i18n';
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
  /** Whether an authenticator app or a passkey is asked for at the log-in. */
  secondFactor: boolean;
  /** Who of the provider's people has made the user, while it waits for a second one; null: it does not wait. */
  madeBy: string | null;
  roles: HeldRole[];
}

export interface Users {
  contract: Named;
  /** Whether the visitor may look after these users as far as the plan goes; else the provider does. */
  administered: boolean;
  /** Whether the provider makes the passwords. */
  passwordsIssued: boolean;
  projects: Named[];
  users: User[];
}

/** What a user can work with, which ends when he leaves, and what he made, which stays. */
export interface Holdings {
  sessions: number;
  vpnSessions: number;
  applicationCredentials: { name: string; project: string; expiresAt: string | null }[];
  accessKeys: number;
  secondFactors: number;
  trusts: { from: string; to: string; project: string }[];
  programs: { name: string; project: string }[];
  groups: string[];
  /** Whether nobody else could manage the contract's users. */
  lastMaster: boolean;
  servers: { id: string; name: string }[];
  keyPairs: { name: string; fingerprint: string }[];
}

export interface Newcomer {
  name: string;
  person: string;
  email: string;
  language: Language;
  role: RoleName;
  project: string;
}

/** @param contract null: the visitor's own */
const inContract = (contract: string | null) => (contract === null ? '' : `?contract=${encodeURIComponent(contract)}`);
const one = (user: string) => `/service/v1/users/${encodeURIComponent(user)}`;

export const listUsers = (contract: string | null, signal?: AbortSignal) =>
  call<Users>('GET', `/service/v1/users${inContract(contract)}`, { signal });
export const createUser = action(
  (user: Newcomer, contract: string | null) => ({ method: 'POST', path: `/service/v1/users${inContract(contract)}`, body: { user } }),
);
export const readHoldings = (user: string, signal?: AbortSignal) => call<Holdings>('GET', `${one(user)}/holdings`, { signal });
export const enableUser = action((user: string, enabled: boolean) => ({ method: 'PATCH', path: one(user), body: { user: { enabled } } }));
export const removeUser = action((user: string) => ({ method: 'DELETE', path: one(user) }));
export const sendPasswordLink = action((user: string) => ({ method: 'POST', path: `${one(user)}/password-link` }));
export const removeFactors = action((user: string) => ({ method: 'DELETE', path: `${one(user)}/second-factor` }));

const address = (user: string, role: string, project: string) =>
  `/service/v1/users/${encodeURIComponent(user)}/roles/${encodeURIComponent(role)}?project=${encodeURIComponent(project)}`;

export const giveRole = action((user: string, role: string, project: string) => ({ method: 'PUT', path: address(user, role, project) }));

export const takeRole = action((user: string, role: string, project: string) => ({ method: 'DELETE', path: address(user, role, project) }));

// The users of the contract and the roles that they hold in it.
import { action } from './act';
import { call } from './http';
import type { Got, Service } from './service';

/** What a master gives, from the least to the most. */
export const ROLES = ['billing', 'viewer', 'operator', 'master'] as const;
export type RoleName = (typeof ROLES)[number];

export type HeldRole = Service['HeldRole'];

export type User = Service['User'];

export type Users = Service['Users'];

/** What a user can work with, which ends when he leaves, and what he made, which stays. */
export type Holdings = Service['AllHoldings'];

export type Newcomer = Service['ContractUserWish'] & { role: RoleName };

/** @param contract null: the visitor's own */
const inContract = (contract: string | null) => (contract === null ? '' : `?contract=${encodeURIComponent(contract)}`);
const one = (user: string) => `/service/v1/users/${encodeURIComponent(user)}`;

export const listUsers = (contract: string | null, signal?: AbortSignal) =>
  call<Got<'/service/v1/users'>>('GET', `/service/v1/users${inContract(contract)}`, { signal });
export const createUser = action(
  (user: Newcomer, contract: string | null) => ({ method: 'POST', path: `/service/v1/users${inContract(contract)}`, body: { user } }),
);
export const readHoldings = (user: string, signal?: AbortSignal) => call<Got<'/service/v1/users/{user}/holdings'>>('GET', `${one(user)}/holdings`, { signal });
export const enableUser = action((user: string, enabled: boolean) => ({ method: 'PATCH', path: one(user), body: { user: { enabled } } }));
export const removeUser = action((user: string) => ({ method: 'DELETE', path: one(user) }));
export const sendPasswordLink = action((user: string) => ({ method: 'POST', path: `${one(user)}/password-link` }));
export const removeFactors = action((user: string) => ({ method: 'DELETE', path: `${one(user)}/second-factor` }));

const address = (user: string, role: string, project: string) =>
  `/service/v1/users/${encodeURIComponent(user)}/roles/${encodeURIComponent(role)}?project=${encodeURIComponent(project)}`;

export const giveRole = action((user: string, role: string, project: string) => ({ method: 'PUT', path: address(user, role, project) }));

export const takeRole = action((user: string, role: string, project: string) => ({ method: 'DELETE', path: address(user, role, project) }));

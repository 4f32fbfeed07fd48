// The identity providers of contracts (OpenID Connect): operators register them, who manages a contract sees its own.
import { action, as } from './act';
import { call } from './http';
import type { Got, Service } from './service';

/** What a value of the mapping claim gives: a role on the contract, or a place in one of its groups. "*" is everybody. */
export type ProviderRule = Service['ProviderRule'];

export type ProviderSettings = Pick<
  IdentityProvider,
  'name' | 'clientId' | 'scopes' | 'nameClaim' | 'mappingClaim' | 'rules' | 'secondFactor' | 'enabled' | 'logOutThere'
>;

export type IdentityProvider = Service['IdentityProvider'];

/** Empty: the secret stays as it is. */
export type Secret = { clientSecret?: string };

const ALL = '/service/v1/identity-providers';
const one = (id: string) => `${ALL}/${encodeURIComponent(id)}`;
const bodyOf = (settings: object) => ({ body: { identityProvider: settings } });

export async function listProviders(signal?: AbortSignal): Promise<IdentityProvider[]> {
  return (await call<Got<'/service/v1/identity-providers'>>('GET', ALL, { signal })).identityProviders;
}

export const registerProvider = action(
  (settings: ProviderSettings & Secret & { contract: string; issuer: string }) => ({ method: 'POST', path: ALL, ...bodyOf(settings) }),
  as<IdentityProvider>(),
);
export const changeProvider = action(
  (id: string, settings: ProviderSettings & Secret) => ({ method: 'PUT', path: one(id), ...bodyOf(settings) }),
  as<IdentityProvider>(),
);
export const deleteProvider = action((id: string) => ({ method: 'DELETE', path: one(id) }));
/** What is wrong when the issuer is asked now; null: nothing. */
export const checkProvider = async (id: string) => (await call<Service['ProviderChecked']>('POST', `${one(id)}/check`)).trouble;

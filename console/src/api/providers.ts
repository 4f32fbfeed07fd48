// The identity providers of contracts (OpenID Connect): operators register them, who manages a contract sees its own.
import { action, as } from './act';
import { call } from './http';
import type { Named } from './session';

/** What a value of the mapping claim gives: a role on the contract, or a place in one of its groups. "*" is everybody. */
export interface ProviderRule {
  value: string;
  /** One of ours, or of OpenStack's that an API client gave. */
  role: string | null;
  group: string | null;
}

export interface ProviderSettings {
  name: string;
  clientId: string;
  /** names with spaces between */
  scopes: string;
  /** Whose value is a new user's name. */
  nameClaim: string;
  mappingClaim: string | null;
  rules: ProviderRule[];
  /** Values of acr or amr that count as a second factor here. */
  secondFactor: string[];
  enabled: boolean;
  /** Whether who logs out here is logged out there as well. */
  logOutThere: boolean;
}

export interface IdentityProvider extends ProviderSettings {
  id: string;
  contract: Named;
  issuer: string;
  /** The contract's plan leaves users or their passwords to the service's provider: nobody signs in by it. */
  barredByPlan: boolean;
  signInLink: string;
  redirectUri: string;
  postLogoutRedirectUri: string;
  /** How many have come by it. */
  users: number;
}

/** Empty: the secret stays as it is. */
export type Secret = { clientSecret?: string };

const ALL = '/service/v1/identity-providers';
const one = (id: string) => `${ALL}/${encodeURIComponent(id)}`;
const bodyOf = (settings: object) => ({ body: { identityProvider: settings } });

export async function listProviders(signal?: AbortSignal): Promise<IdentityProvider[]> {
  return (await call<{ identityProviders: IdentityProvider[] }>('GET', ALL, { signal })).identityProviders;
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
export const checkProvider = async (id: string) => (await call<{ trouble: string | null }>('POST', `${one(id)}/check`)).trouble;

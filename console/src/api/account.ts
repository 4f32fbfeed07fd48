// One's own account: password and second factor; and, for operators, the accounts that need none.
import { action } from './act';
import { call } from './http';
import type { Passkey, Proof } from './passkeys';
import type { RecoveryCodes } from './recovery';
import type { Named, Seed } from './session';

export interface SecondFactor {
  enrolled: boolean;
  /** Whether an authenticator app's codes are set up. */
  app: boolean;
  passkeys: Passkey[];
  /** Whether the site has a name, which passkeys need. */
  passkeysPossible: boolean;
  /** ISO 8601; absent where it was not set up on this page. */
  since?: string;
  recoveryCodesLeft: number;
  /** Whether the site asks this role for one. */
  required: boolean;
  exception?: { reason: string; since: string };
}

export interface Account {
  user: Named;
  domain: Named;
  email?: string;
  /** Whether somebody else says what the address is: the provider by the plan, or the contract's identity provider. */
  emailLocked: boolean;
  /** A new address whose link was not opened yet. */
  emailWaiting?: string;
  /** ISO 8601 */
  passwordSetAt?: string;
  passwordExpiresAt?: string;
  secondFactor: SecondFactor;
}

export interface FactorException {
  accountId: string;
  user: string;
  domain: string;
  reason: string;
  /** ISO 8601 */
  since: string;
}

const FACTOR = '/service/v1/account/second-factor';
/** Who needs a second factor, unless a contract's plan says otherwise, and who is excepted. */
export interface FactorRule {
  roles: string[];
  exceptions: FactorException[];
}

const EXCEPTIONS = '/service/v1/second-factor-exceptions';

export const readAccount = (signal?: AbortSignal) => call<Account>('GET', '/service/v1/account', { signal });
export const changePassword = (present: string, fresh: string) =>
  call<void>('POST', '/service/v1/account/password', { body: { password: { present, fresh } } });
/** A link goes to the new address; until it is opened nothing changes. */
export const askAddress = (email: string, proof: Proof) => call<void>('POST', '/service/v1/account/address', { body: { address: { email }, proof } });
/** By whoever holds the link; no session is needed. */
export const confirmAddress = (token: string) => call<void>('POST', '/service/v1/address-confirmations', { body: { token } });
export const beginFactor = (proof: Proof) => call<Seed>('POST', FACTOR, { body: { proof } });
export const confirmFactor = (code: string) => call<RecoveryCodes>('PUT', FACTOR, { body: { proof: { code } } });
export const renewRecoveryCodes = (proof: Proof) => call<RecoveryCodes>('POST', `${FACTOR}/recovery-codes`, { body: { proof } });
export const removeFactor = (proof: Proof) => call<void>('POST', `${FACTOR}/removal`, { body: { proof } });
export const readFactorRule = (signal?: AbortSignal) => call<FactorRule>('GET', EXCEPTIONS, { signal });
export const endException = action((account: string) => ({ method: 'DELETE', path: `${EXCEPTIONS}/${account}` }));

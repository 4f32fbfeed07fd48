// One's own account: password and second factor; and, for operators, the accounts that need none.
import { action } from './act';
import { call } from './http';
import type { Proof } from './passkeys';
import type { RecoveryCodes } from './recovery';
import type { Seed } from './session';
import type { Got, Service } from './service';

export type SecondFactor = Service['SecondFactor'];

export type Account = Service['Account'];

export type FactorException = Service['FactorException'];

const FACTOR = '/service/v1/account/second-factor';
/** Who needs a second factor, unless a contract's plan says otherwise, and who is excepted. */
export type FactorRule = Service['FactorExceptionRule'];

const EXCEPTIONS = '/service/v1/second-factor-exceptions';

export const readAccount = (signal?: AbortSignal) => call<Got<'/service/v1/account'>>('GET', '/service/v1/account', { signal });
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
export const readFactorRule = (signal?: AbortSignal) => call<Got<'/service/v1/second-factor-exceptions'>>('GET', EXCEPTIONS, { signal });
export const endException = action((account: string) => ({ method: 'DELETE', path: `${EXCEPTIONS}/${account}` }));

// Log-in through the contract's own identity provider: the browser is sent there and comes back with a code.
import { call } from './http';
import type { PasskeyAnswer } from './passkeys';
import type { Session } from './session';
import type { Service } from './service';

/** Where the provider sends the browser back to, and where sign-in links lead. */
export const RETURN_PATH = '/sign-in/return';

/** The provider that this browser last signed in at; its link is no secret, but nobody guesses it. */
export interface KnownProvider {
  key: string;
  name: string;
}

/** As the provider handed it over. */
export type SignInReturn = Service['ProviderSignInBack'];

/** The provider's name, and the address that the browser is to be sent to. */
export type SignInBegun = Service['SignInBegun'];

export type LocalFactor = { code?: string; passkey?: PasskeyAnswer };

/** @param fresh whether the provider shall ask again who it is, though it may know its user */
export const beginSignIn = (key: string, fresh = false) =>
  call<SignInBegun>('POST', '/service/v1/session/provider', { body: { key, fresh } });

export const finishSignIn = (back: SignInReturn) => call<Session>('PUT', '/service/v1/session/provider', { body: back });

/** With neither code nor passkey it is refused with what may be shown. */
export const showLocalFactor = (state: string, shown: LocalFactor) =>
  call<Session>('PUT', '/service/v1/session/provider/second-factor', { body: { state, ...shown } });

/** The code at the end of a sign-in link, or of what somebody pasted. */
export function keyOf(text: string): string {
  const last = text.trim().split(/[?#]/)[0]!.split('/').filter(Boolean).at(-1) ?? '';
  return /^[A-Za-z0-9_-]{16,64}$/.test(last) ? last : '';
}

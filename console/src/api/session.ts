// The console's session: who is logged in, and until when. The token itself stays in a cookie that no script can read.
import { ApiError, call } from './http';
import type { PasskeyAnswer, PasskeyMade, RequestOptions } from './passkeys';
import type { RecoveryCodes } from './recovery';
import type { Got, Service } from './service';

export type Named = Service['Named'];

export type Session = Service['Session'];
export type Viewing = Service['SessionViewing'];

/** Of project and contract, one. */
export type ViewWish = Service['ViewingWish'];

export type Credentials = Service['SessionLogIn'];

/** What a right password still needs. */
export interface SecondStep {
  /** Options for showing a passkey, where the account has one. */
  passkey?: RequestOptions;
  /** Whether an authenticator app's code will do; a recovery code always does. */
  codes: boolean;
}

/** The second step that a refused log-in asks for; null where it was refused for something else. */
export function secondStep(refused: unknown): SecondStep | null {
  if (!(refused instanceof ApiError) || refused.code !== 'SecondFactorMissing') return null;
  const { passkey, codes } = refused.more;
  return { ...(passkey ? { passkey: passkey as RequestOptions } : {}), codes: passkey === undefined || codes === true };
}

/** The secret for choosing another password, where a right one has ended; null where the log-in was refused for something else. */
export function expiredLink(refused: unknown): string | null {
  return refused instanceof ApiError && refused.code === 'PasswordExpired' && typeof refused.more['link'] === 'string' ? refused.more['link'] : null;
}

/** What an authenticator app needs; `picture` is SVG. */
export type Seed = Service['Seed'];

export const readSession = () => call<Got<'/service/v1/session'>>('GET', '/service/v1/session');
export const openSession = (credentials: Credentials) => call<Session>('POST', '/service/v1/session', { body: credentials });
/** The set-up of a second factor that must be there before the first session. */
export const beginFactorAtLogIn = (credentials: Credentials) => call<Seed>('POST', '/service/v1/session/second-factor', { body: credentials });
export const confirmFactorAtLogIn = (credentials: Credentials) =>
  call<RecoveryCodes>('PUT', '/service/v1/session/second-factor', { body: credentials });
export const beginPasskeyAtLogIn = (credentials: Credentials) =>
  call<Service['PasskeyBegun']>('POST', '/service/v1/session/passkey', { body: credentials });
export const registerPasskeyAtLogIn = (credentials: Credentials, name: string, credential: PasskeyMade) =>
  call<RecoveryCodes>('PUT', '/service/v1/session/passkey', { body: { ...credentials, name, credential } });
/** @param idleSeconds for how long the user has done nothing: the session ends so much earlier */
export const renewSession = (idleSeconds: number) =>
  call<Session>('POST', '/service/v1/session/renewal', { body: { idleSeconds } });
/** The password, a code of the second factor, or a passkey's answer to the options of `proofChallenge`. */
export const proveAgain = (proof: { password: string } | { code: string } | { passkey: PasskeyAnswer }) =>
  call<Session>('POST', '/service/v1/session/proof', { body: proof });
export const proofChallenge = () => call<Service['PasskeyChallenge']>('POST', '/service/v1/session/proof/challenge').then((answer) => answer.publicKey);
/** Where the browser goes to be logged out at the contract's identity provider too; null: nowhere. */
export async function closeSession(): Promise<string | null> {
  const answer = await call<Service['Left'] | undefined>('DELETE', '/service/v1/session');
  return answer?.leave ?? null;
}

/** From then on the browser's session is the view, in all its tabs. */
export const openView = (wish: ViewWish) => call<Session>('POST', '/service/v1/session/view', { body: wish });
/** One's own session; null where it has ended meanwhile. */
export const endView = async () => (await call<Session | undefined>('DELETE', '/service/v1/session/view')) ?? null;

/** What the session may do: actions of the service's own policy, `service:resource:verb`. */
export async function readRights(signal?: AbortSignal): Promise<ReadonlySet<string>> {
  return new Set((await call<Got<'/service/v1/rights'>>('GET', '/service/v1/rights', { signal })).actions);
}

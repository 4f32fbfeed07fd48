// The console's session: who is logged in, and until when. The token itself stays in a cookie that no script can read.
import { ApiError, call } from './http';
import type { CreationOptions, CredentialJson, RequestOptions } from './passkeys';
import type { RecoveryCodes } from './recovery';

export interface Named {
  id: string;
  name: string;
}

export interface Session {
  user: Named;
  project?: Named;
  domain: Named;
  roles: string[];
  /** Whether the visitor signed in at the contract's identity provider. */
  federated: boolean;
  /** ISO 8601 */
  expires: string;
  /** There while one of the provider's people looks as a customer sees it, and changes nothing. */
  viewing?: Viewing;
}

export interface Viewing {
  /** as in the customer's history */
  id: string;
  /** the customer's, by name */
  contract: string;
  /** ISO 8601 */
  until: string;
}

/** Of project and contract, one. */
export interface ViewWish {
  project?: string;
  contract?: string;
  /** for the customer's history */
  reason: string;
  minutes: number;
}

export interface Credentials {
  domain: string;
  user: string;
  password: string;
  /** What the authenticator app shows, or a recovery code. */
  code?: string;
  /** In place of the code, what the browser answered to the options of the second step. */
  passkey?: CredentialJson;
}

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
export interface Seed {
  secret: string;
  uri: string;
  picture: string;
}

export const readSession = () => call<Session>('GET', '/service/v1/session');
export const openSession = (credentials: Credentials) => call<Session>('POST', '/service/v1/session', { body: credentials });
/** The set-up of a second factor that must be there before the first session. */
export const beginFactorAtLogIn = (credentials: Credentials) => call<Seed>('POST', '/service/v1/session/second-factor', { body: credentials });
export const confirmFactorAtLogIn = (credentials: Credentials) =>
  call<RecoveryCodes>('PUT', '/service/v1/session/second-factor', { body: credentials });
export const beginPasskeyAtLogIn = (credentials: Credentials) =>
  call<{ publicKey: CreationOptions }>('POST', '/service/v1/session/passkey', { body: credentials });
export const registerPasskeyAtLogIn = (credentials: Credentials, name: string, credential: CredentialJson) =>
  call<RecoveryCodes>('PUT', '/service/v1/session/passkey', { body: { ...credentials, name, credential } });
/** @param idleSeconds for how long the user has done nothing: the session ends so much earlier */
export const renewSession = (idleSeconds: number) =>
  call<Session>('POST', '/service/v1/session/renewal', { body: { idleSeconds } });
/** The password, a code of the second factor, or a passkey's answer to the options of `proofChallenge`. */
export const proveAgain = (proof: { password: string } | { code: string } | { passkey: CredentialJson }) =>
  call<Session>('POST', '/service/v1/session/proof', { body: proof });
export const proofChallenge = () => call<{ publicKey: RequestOptions }>('POST', '/service/v1/session/proof/challenge').then((answer) => answer.publicKey);
/** Where the browser goes to be logged out at the contract's identity provider too; null: nowhere. */
export async function closeSession(): Promise<string | null> {
  const answer = await call<{ leave?: string | null } | undefined>('DELETE', '/service/v1/session');
  return answer?.leave ?? null;
}

/** From then on the browser's session is the view, in all its tabs. */
export const openView = (wish: ViewWish) => call<Session>('POST', '/service/v1/session/view', { body: wish });
/** One's own session; null where it has ended meanwhile. */
export const endView = async () => (await call<Session | undefined>('DELETE', '/service/v1/session/view')) ?? null;

/** What the session may do: actions of the service's own policy, `service:resource:verb`. */
export async function readRights(signal?: AbortSignal): Promise<ReadonlySet<string>> {
  return new Set((await call<{ actions: string[] }>('GET', '/service/v1/rights', { signal })).actions);
}

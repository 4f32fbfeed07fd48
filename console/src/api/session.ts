// The console's session: who is logged in, and until when. The token itself stays in a cookie that no script can read.
import { call } from './http';

export interface Named {
  id: string;
  name: string;
}

export interface Session {
  user: Named;
  project?: Named;
  domain: Named;
  roles: string[];
  /** ISO 8601 */
  expires: string;
}

export interface Credentials {
  domain: string;
  user: string;
  password: string;
  /** What the authenticator app shows, or a recovery code. */
  code?: string;
}

/** What an authenticator app needs; `picture` is SVG. */
export interface Seed {
  secret: string;
  uri: string;
  picture: string;
}

export interface RecoveryCodes {
  recoveryCodes: string[];
}

export const readSession = () => call<Session>('GET', '/service/v1/session');
export const openSession = (credentials: Credentials) => call<Session>('POST', '/service/v1/session', { body: credentials });
/** The set-up of a second factor that must be there before the first session. */
export const beginFactorAtLogIn = (credentials: Credentials) => call<Seed>('POST', '/service/v1/session/second-factor', { body: credentials });
export const confirmFactorAtLogIn = (credentials: Credentials) =>
  call<RecoveryCodes>('PUT', '/service/v1/session/second-factor', { body: credentials });
/** @param idleSeconds for how long the user has done nothing: the session ends so much earlier */
export const renewSession = (idleSeconds: number) =>
  call<Session>('POST', '/service/v1/session/renewal', { body: { idleSeconds } });
export const closeSession = () => call<void>('DELETE', '/service/v1/session');

/** What the session may do: actions of the service's own policy, `service:resource:verb`. */
export async function readRights(signal?: AbortSignal): Promise<ReadonlySet<string>> {
  return new Set((await call<{ actions: string[] }>('GET', '/service/v1/rights', { signal })).actions);
}

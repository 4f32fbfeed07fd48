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
}

export const readSession = () => call<Session>('GET', '/service/v1/session');
export const openSession = (credentials: Credentials) => call<Session>('POST', '/service/v1/session', { body: credentials });
export const renewSession = () => call<Session>('POST', '/service/v1/session/renewal');
export const closeSession = () => call<void>('DELETE', '/service/v1/session');

/** Whether the session may see the operator's pages. */
export function isOperator(session: Session): boolean {
  return session.roles.includes('admin');
}

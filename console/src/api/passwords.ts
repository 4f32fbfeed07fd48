// Forgotten and issued passwords by the service API; no session is needed.
import { call } from './http';

/** A link goes to the registered address; the answer is the same where there is no such account. */
export const askReset = (domain: string, user: string) => call<void>('POST', '/service/v1/password-resets', { body: { domain, user } });
export const setByLink = (token: string, password: string) => call<void>('POST', '/service/v1/password-resets/use', { body: { token, password } });
/** Shows the issued password: once. */
export const openIssued = async (token: string) => (await call<{ password: string }>('POST', '/service/v1/password-issues/open', { body: { token } })).password;

// Sessions, and where the contract, its roles and application credentials may be used from.
import { call } from './http';
import type { Named } from './session';

/** A log-in that is still good. */
export interface OpenSession {
  id: string;
  user: Named;
  how: 'console' | 'api';
  method: string;
  /** Where it logged in from, and where it was last used from. */
  address: string;
  lastAddress: string;
  client: string;
  /** ISO 8601, as the next two */
  created: string;
  lastUsed: string;
  ends: string;
  /** Whether it is the one in which this is read. */
  current: boolean;
}

export interface SourceRule {
  /** null: of the whole contract */
  role: string | null;
  /** CIDR */
  prefixes: string[];
}

export interface SourceRules {
  contract: Named;
  yourAddress: string;
  rules: (SourceRule & { changedAt: string; changedBy: string })[];
  /** CIDR: from where tunnels may be opened, where the plan wants a list beside them; else null. */
  tunnelsFrom: string[] | null;
}

export interface ApplicationCredential {
  id: string;
  name: string;
  user: Named;
  expiresAt: string | null;
  /** CIDR; none: everywhere that its owner may come from */
  prefixes: string[];
}

const whose = (everyone: boolean) => (everyone ? '?everyone=true' : '');

export async function listSessions(everyone: boolean, signal?: AbortSignal): Promise<OpenSession[]> {
  return (await call<{ sessions: OpenSession[] }>('GET', `/service/v1/sessions${whose(everyone)}`, { signal })).sessions;
}

export const endSession = (id: string) => call<void>('DELETE', `/service/v1/sessions/${encodeURIComponent(id)}`);
export const endOtherSessions = () => call<void>('DELETE', '/service/v1/sessions');

export const readSourceRules = (signal?: AbortSignal) => call<SourceRules>('GET', '/service/v1/source-rules', { signal });
export const changeSourceRules = (rules: readonly SourceRule[]) => call<SourceRules>('PUT', '/service/v1/source-rules', { body: { rules } });

export const changeTunnelSources = (prefixes: readonly string[]) => call<SourceRules>('PUT', '/service/v1/source-rules/tunnels', { body: { prefixes } });

export async function listApplicationCredentials(everyone: boolean, signal?: AbortSignal): Promise<ApplicationCredential[]> {
  const path = `/service/v1/application-credentials${whose(everyone)}`;
  return (await call<{ applicationCredentials: ApplicationCredential[] }>('GET', path, { signal })).applicationCredentials;
}

export const limitApplicationCredential = (id: string, prefixes: readonly string[]) =>
  call<ApplicationCredential>('PUT', `/service/v1/application-credentials/${encodeURIComponent(id)}/sources`, { body: { prefixes } });

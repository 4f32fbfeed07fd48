// Sessions, and where the contract, its roles and application credentials may be used from.
import { action, as } from './act';
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

export const endSession = action((id: string) => ({ method: 'DELETE', path: `/service/v1/sessions/${encodeURIComponent(id)}` }));
export const endOtherSessions = action(() => ({ method: 'DELETE', path: '/service/v1/sessions' }));

export const readSourceRules = (signal?: AbortSignal) => call<SourceRules>('GET', '/service/v1/source-rules', { signal });
export const changeSourceRules = action(
  (rules: readonly SourceRule[]) => ({ method: 'PUT', path: '/service/v1/source-rules', body: { rules } }),
  as<SourceRules>(),
);

export const changeTunnelSources = action(
  (prefixes: readonly string[]) => ({ method: 'PUT', path: '/service/v1/source-rules/tunnels', body: { prefixes } }),
  as<SourceRules>(),
);

export async function listApplicationCredentials(everyone: boolean, signal?: AbortSignal): Promise<ApplicationCredential[]> {
  const path = `/service/v1/application-credentials${whose(everyone)}`;
  return (await call<{ applicationCredentials: ApplicationCredential[] }>('GET', path, { signal })).applicationCredentials;
}

export const limitApplicationCredential = action(
  (id: string, prefixes: readonly string[]) => ({ method: 'PUT', path: `/service/v1/application-credentials/${id}/sources`, body: { prefixes } }),
  as<ApplicationCredential>(),
);

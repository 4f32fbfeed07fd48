// Sessions, and where the contract, its roles and application credentials may be used from.
import { action, as } from './act';
import { call } from './http';
import type { Got, Service } from './service';

/** A log-in that is still good. */
export type OpenSession = Service['OpenSession'];

export type SourceRule = Pick<Service['SourceRule'], 'role' | 'prefixes'>;

export type SourceRules = Service['SourceRules'];

export type ApplicationCredential = Service['SourceCredential'];

const whose = (everyone: boolean) => (everyone ? '?everyone=true' : '');

export async function listSessions(everyone: boolean, signal?: AbortSignal): Promise<OpenSession[]> {
  return (await call<Got<'/service/v1/sessions'>>('GET', `/service/v1/sessions${whose(everyone)}`, { signal })).sessions;
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
  return (await call<Got<'/service/v1/application-credentials'>>('GET', path, { signal })).applicationCredentials;
}

export const limitApplicationCredential = action(
  (id: string, prefixes: readonly string[]) => ({ method: 'PUT', path: `/service/v1/application-credentials/${id}/sources`, body: { prefixes } }),
  as<ApplicationCredential>(),
);

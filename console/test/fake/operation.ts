// What the provider's people change in the fake cloud: hosts, and the steps of break-glass.
import type { BreakGlassCase, BreakGlassWish } from '../../src/api/breakGlass';
import type { Host } from '../../src/api/hosts';
import type { FakeAnswer, FakeCloud, Route } from './cloud.ts';

const me = { id: 'u1', name: 'master' };
const gone: FakeAnswer = { status: 204 };

export function operationChanges(cloud: FakeCloud): Route[] {
  const host = (id: string, change: Partial<Host>): FakeAnswer => {
    cloud.hosts = cloud.hosts.map((each) => (each.id === id ? { ...each, ...change } : each));
    return { status: 200, body: cloud.hosts.find((each) => each.id === id) };
  };
  const step = (id: string, change: Partial<BreakGlassCase>): FakeAnswer => {
    cloud.breakGlass.cases = cloud.breakGlass.cases.map((each) => (each.id === id ? { ...each, ...change } : each));
    return { status: 200, body: {} };
  };
  const now = () => new Date().toISOString();
  return [
    [
      'POST',
      /^\/service\/v1\/host-tokens$/,
      () => ({ status: 201, body: { command: './unkai node join --cloud https://cloud.example.jp:8443 --token T --authority F', expiresAt: new Date(Date.now() + 1_800_000).toISOString() } }),
    ],
    ['PUT', /^\/service\/v1\/hosts\/([^/]+)\/owner$/, ({ body }, id = '') => host(id, { project: (body as { project: string }).project })],
    ['DELETE', /^\/service\/v1\/hosts\/([^/]+)\/owner$/, (_, id = '') => host(id, { project: null })],
    [
      'DELETE',
      /^\/service\/v1\/hosts\/([^/]+)$/,
      (_, id) => {
        cloud.hosts = cloud.hosts.filter((each) => each.id !== id);
        return gone;
      },
    ],
    [
      'POST',
      /^\/service\/v1\/break-glass$/,
      ({ body }) => {
        const { host: wanted, project, ...wish } = body as BreakGlassWish;
        const named = cloud.hosts.find((each) => each.id === wanted);
        cloud.breakGlass.cases.unshift({ ...wish, ...(project ? { project } : {}), ...(named ? { host: { id: named.id, name: named.name } } : {}), id: crypto.randomUUID(), state: 'requested', requestedBy: me, requestedAt: now() });
        return { status: 201, body: {} };
      },
    ],
    ['PUT', /^\/service\/v1\/break-glass\/([^/]+)\/approval$/, (_, id = '') => step(id, { state: 'running', decidedBy: me, decidedAt: now(), endsAt: new Date(Date.now() + 1_800_000).toISOString() })],
    ['PUT', /^\/service\/v1\/break-glass\/([^/]+)\/end$/, (_, id = '') => step(id, { state: 'review_due', endedBy: me, endsAt: now() })],
    ['PUT', /^\/service\/v1\/break-glass\/([^/]+)\/review$/, ({ body }, id = '') => step(id, { state: 'reviewed', reviewedBy: me, reviewedAt: now(), reviewNote: (body as { note?: string }).note ?? '' })],
  ];
}

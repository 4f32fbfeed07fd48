// The users of the fake cloud's contract, as its master looks after them.
import type { Newcomer } from '../../src/api/users';
import type { FakeAnswer, FakeCloud, Route } from './cloud.ts';

export function userRoutes(cloud: FakeCloud): Route[] {
  const give = (id: string, role: string, query: URLSearchParams, given: boolean): FakeAnswer => {
    const project = cloud.users.projects.find((one) => one.id === query.get('project'));
    const user = cloud.users.users.find((one) => one.id === id);
    if (!user || !project) return { status: 404, body: { detail: 'There is no such user or project.' } };
    user.roles = user.roles.filter((held) => held.role !== role || held.project?.id !== project.id);
    if (given) user.roles.push({ role, project });
    return { status: 204 };
  };
  const welcome = (user: Newcomer): FakeAnswer => {
    const project = cloud.users.projects.find((each) => each.id === user.project) ?? null;
    const id = `u${cloud.users.users.length + 1}`;
    cloud.users.users.push({ id, name: user.name, description: user.person ?? '', email: user.email, enabled: true, provider: null, secondFactor: false, madeBy: null, roles: [{ role: user.role, project }] });
    return { status: 201, body: { user: { id, name: user.name } } };
  };
  const enable = (id: string, enabled: boolean, reason: string): FakeAnswer => {
    if (cloud.wantsAccess) return { status: 403, body: { title: 'Forbidden', status: 403, code: 'BreakGlassRequired', detail: 'Ask for access.' } };
    if (cloud.wantsReason && !reason) return { status: 400, body: { title: 'Bad Request', status: 400, code: 'ReasonMissing', detail: 'Say why.' } };
    cloud.users.users.filter((each) => each.id === id).forEach((user) => (user.enabled = enabled));
    return { status: 204 };
  };
  /** As the Identity API lists them. */
  const foundUsers = (word: string): FakeAnswer => {
    const found = cloud.users.users.filter((each) => each.name.toLowerCase().includes(word.toLowerCase()));
    return { status: 200, body: { users: found.map(({ id, name, description, email }) => ({ id, name, description, email, domain_id: cloud.users.contract.id })) } };
  };
  const dismiss = (id: string): FakeAnswer => {
    cloud.users.users = cloud.users.users.filter((each) => each.id !== id);
    return { status: 204 };
  };
  return [
    ['GET', /^\/service\/v1\/users$/, () => ({ status: 200, body: cloud.users })],
    ['POST', /^\/service\/v1\/users$/, ({ body }) => welcome((body as { user: Newcomer }).user)],
    ['GET', /^\/service\/v1\/users\/[^/]+\/holdings$/, () => ({ status: 200, body: cloud.holdings })],
    ['PATCH', /^\/service\/v1\/users\/([^/]+)$/, ({ body, reason }, user = '') => enable(user, (body as { user: { enabled: boolean } }).user.enabled, reason ?? '')],
    ['DELETE', /^\/service\/v1\/users\/([^/]+)$/, (_, user = '') => dismiss(user)],
    ['POST', /^\/service\/v1\/users\/[^/]+\/password-link$/, () => ({ status: 202, body: { accepted: true } })],
    ['DELETE', /^\/service\/v1\/users\/[^/]+\/second-factor$/, () => ({ status: 204 })],
    ['PUT', /^\/service\/v1\/users\/([^/]+)\/roles\/([^/]+)$/, ({ query }, user = '', role = '') => give(user, role, query, true)],
    ['DELETE', /^\/service\/v1\/users\/([^/]+)\/roles\/([^/]+)$/, ({ query }, user = '', role = '') => give(user, role, query, false)],
    ['GET', /^\/identity\/v3\/users$/, ({ query }) => foundUsers(query.get('name__icontains') ?? '')],
  ];
}

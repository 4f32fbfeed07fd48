// The servers of the fake cloud: they come, act and go as slowly as it is told.
import type { NewServer, Server } from '../../src/api/compute';
import type { ScheduleSetting } from '../../src/api/schedules';
import { refusal, type FakeAnswer, type FakeCloud, type Route } from './cloud.ts';
import * as seed from './seed.ts';

export function serverRoutes(cloud: FakeCloud): Route[] {
  return new FakeServers(cloud).routes;
}

class FakeServers {
  private readonly due = new Map<string, { at: number; then: () => void }>();

  constructor(private readonly cloud: FakeCloud) {}

  readonly routes: Route[] = [
    ['GET', /^\/compute\/v2.1\/servers\/detail$/, ({ query }) => this.listServers(query)],
    ['POST', /^\/compute\/v2.1\/servers$/, ({ body }) => this.createServer((body as { server: NewServer }).server)],
    ['GET', /^\/compute\/v2.1\/servers\/([^/]+)$/, (_, id) => this.withServer(id, (server) => ({ status: 200, body: { server } }))],
    ['PUT', /^\/compute\/v2.1\/servers\/([^/]+)$/, ({ body }, id) => this.withServer(id, (server) => this.rename(server, body))],
    ['DELETE', /^\/compute\/v2.1\/servers\/([^/]+)$/, (_, id) => this.withServer(id, (server) => this.removeServer(server))],
    ['POST', /^\/compute\/v2.1\/servers\/([^/]+)\/action$/, ({ body }, id) => this.withServer(id, (server) => this.act(server, body as object))],
    [
      'POST',
      /^\/compute\/v2.1\/servers\/([^/]+)\/remote-consoles$/,
      () => ({ status: 200, body: { remote_console: { protocol: 'vnc', type: 'novnc', url: 'https://fake/console/vnc?token=abc' } } }),
    ],
    ['GET', /^\/compute\/v2.1\/limits$/, () => ({ status: 200, body: { limits: { rate: [], absolute: this.limits() } } })],
    ['GET', /^\/service\/v1\/servers\/([^/]+)\/schedules$/, (_, id) => this.withServer(id, (server) => this.cloud.schedules.list(server.id))],
    [
      'POST',
      /^\/service\/v1\/servers\/([^/]+)\/schedules$/,
      ({ body }, id) => this.withServer(id, (server) => this.cloud.schedules.create(server.id, body as ScheduleSetting)),
    ],
    [
      'PUT',
      /^\/service\/v1\/servers\/([^/]+)\/schedules\/([^/]+)$/,
      ({ body }, id, schedule = '') => this.withServer(id, (server) => this.cloud.schedules.change(server.id, schedule, body as ScheduleSetting)),
    ],
    [
      'DELETE',
      /^\/service\/v1\/servers\/([^/]+)\/schedules\/([^/]+)$/,
      (_, id, schedule = '') => this.withServer(id, (server) => this.cloud.schedules.remove(server.id, schedule)),
    ],
    ['GET', /^\/service\/v1\/servers\/([^/]+)\/schedule-runs$/, () => this.cloud.schedules.listRuns()],
  ];

  private later(id: string, then: () => void): void {
    this.due.set(id, { at: this.cloud.now() + this.cloud.pace, then });
  }

  private settle(): void {
    for (const [id, { at, then }] of this.due) {
      if (at > this.cloud.now()) continue;
      this.due.delete(id);
      then();
    }
  }

  /** Filters, order and pages as the Compute API has them. */
  private listServers(query: URLSearchParams): FakeAnswer {
    this.settle();
    const expression = (name: string) => new RegExp(query.get(name) ?? '', 'i');
    const statuses = query.getAll('status');
    const addresses = (server: Server) => Object.values(server.addresses).flat().map((address) => address.addr);
    const found = this.cloud.servers.filter(
      (server) =>
        expression('name').test(server.name) &&
        (!query.has('ip') || addresses(server).some((address) => expression('ip').test(address))) &&
        (statuses.length === 0 || statuses.includes(server.status)) &&
        (!query.has('image') || (server.image && server.image.id === query.get('image'))),
    );
    const key = (server: Server) => (query.get('sort_key') === 'display_name' ? server.name : server.created) + server.id;
    const order = query.get('sort_dir') === 'asc' ? 1 : -1;
    if (query.has('limit')) found.sort((left, right) => (key(left) < key(right) ? -order : order));
    const after = query.get('marker') === null ? 0 : found.findIndex((server) => server.id === query.get('marker')) + 1;
    const end = after + Number(query.get('limit') ?? found.length);
    const page = found.slice(after, end);
    const next = new URLSearchParams([...query].filter(([name]) => name !== 'marker').concat([['marker', page.at(-1)?.id ?? '']]));
    const links = end < found.length ? { servers_links: [{ rel: 'next', href: `https://fake/compute/v2.1/servers/detail?${next.toString()}` }] } : {};
    return { status: 200, body: { servers: page, ...links } };
  }

  private withServer(id: string | undefined, then: (server: Server) => FakeAnswer): FakeAnswer {
    this.settle();
    const server = this.cloud.servers.find((each) => each.id === id);
    return server ? then(server) : refusal(404, 'itemNotFound', `Instance ${id} could not be found.`);
  }

  private createServer(wanted: NewServer): FakeAnswer {
    const server = seed.server({ name: wanted.name, description: wanted.description ?? null, status: 'BUILD', key_name: wanted.key_name ?? null });
    server['OS-EXT-STS:task_state'] = 'spawning';
    server.addresses = {};
    this.cloud.servers.push(server);
    this.later(server.id, () => {
      server.status = 'ACTIVE';
      server['OS-EXT-STS:task_state'] = null;
      server.addresses = { front: [seed.address('10.1.0.77')] };
    });
    return { status: 202, body: { server: { id: server.id } } };
  }

  private rename(server: Server, body: unknown): FakeAnswer {
    Object.assign(server, (body as { server: Partial<Server> }).server);
    return { status: 200, body: { server } };
  }

  private act(server: Server, body: object): FakeAnswer {
    const action = Object.keys(body)[0] ?? '';
    if (action === 'os-getConsoleOutput') return { status: 200, body: { output: seed.CONSOLE_LOG } };
    const [task, end] = { 'os-start': ['powering-on', 'ACTIVE'], 'os-stop': ['powering-off', 'SHUTOFF'] }[action] ?? ['rebooting', 'ACTIVE'];
    if (action === 'os-start' && server.status === 'ACTIVE') return refusal(409, 'conflictingRequest', 'The server is running already.');
    server['OS-EXT-STS:task_state'] = task ?? null;
    this.later(server.id, () => {
      server.status = end ?? 'ACTIVE';
      server['OS-EXT-STS:task_state'] = null;
    });
    return { status: 202 };
  }

  private removeServer(server: Server): FakeAnswer {
    server['OS-EXT-STS:task_state'] = 'deleting';
    this.later(server.id, () => {
      this.cloud.servers = this.cloud.servers.filter((each) => each !== server);
    });
    return { status: 204 };
  }

  private limits() {
    const sum = (part: (server: Server) => number) => this.cloud.servers.reduce((total, server) => total + part(server), 0);
    return {
      maxTotalInstances: 10,
      totalInstancesUsed: this.cloud.servers.length,
      maxTotalCores: 20,
      totalCoresUsed: sum((server) => server.flavor.vcpus),
      maxTotalRAMSize: 20_480,
      totalRAMUsed: sum((server) => server.flavor.ram),
      maxTotalKeypairs: 100,
    };
  }
}

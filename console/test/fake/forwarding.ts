// The destinations of the fake cloud.
import type { Destination, DestinationWish, Trial } from '../../src/api/forwarding';
import type { FakeAnswer } from './cloud.ts';

export const destination = (id: string, more: Partial<Destination> = {}): Destination => ({
  id,
  log: 'p1',
  name: `SIEM ${id}`,
  kind: 'syslog',
  host: 'logs.example.jp',
  port: 6514,
  serverName: 'logs.example.jp',
  createdAt: '2026-11-26T01:00:00Z',
  createdBy: 'master',
  state: 'active',
  next: 120,
  waiting: 0,
  parked: 0,
  lagSeconds: 0,
  deliveredAt: '2026-11-26T02:00:00Z',
  tries: 0,
  ...more,
});

export class FakeForwarding {
  destinations: Destination[] = [];
  trial: Trial = { certificate: { subject: 'CN=logs.example.jp', issuer: 'CN=log authority', notBefore: '2026-01-01T00:00:00Z', notAfter: '2028-01-01T00:00:00Z', protocol: 'TLSv1.3' } };

  /** What becomes of the next attempt, after it was asked for. */
  attempt: Partial<Destination> = {};

  tried(id = ''): FakeAnswer {
    const asked = this.show(id);
    this.change(id, this.attempt);
    return asked;
  }

  list(): FakeAnswer {
    return { status: 200, body: { destinations: this.destinations } };
  }

  show(id = ''): FakeAnswer {
    const found = this.destinations.find((one) => one.id === id);
    return found ? { status: 200, body: found } : { status: 404, body: { detail: 'There is no such destination.' } };
  }

  add(wish: DestinationWish): FakeAnswer {
    const made = destination(`d${this.destinations.length + 1}`, { ...wish } as Partial<Destination>);
    this.destinations = [...this.destinations, made];
    return { status: 201, body: { destination: made, ...(wish.kind === 'webhook' ? { secret: 'whsec_c2VjcmV0' } : {}) } };
  }

  change(id: string, more: Partial<Destination>): FakeAnswer {
    this.destinations = this.destinations.map((one) => (one.id === id ? { ...one, ...more } : one));
    return this.show(id);
  }
}

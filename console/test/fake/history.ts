// The history of the fake cloud: its events with their proofs, how long they are kept, and the ledger.
import type { FakeAnswer, FakeCloud, Route } from './cloud.ts';
import proof from './proof.json' with { type: 'json' };

export function historyRoutes(cloud: FakeCloud): Route[] {
  return [
    ['GET', /^\/service\/v1\/history$/, ({ query }) => historyOf(cloud, query)],
    ['GET', /^\/service\/v1\/history\/head$/, () => ({ status: 200, body: { head: { ...proof.proof.head, size: cloud.sealedEvents }, round: null } })],
    ['GET', /^\/service\/v1\/history\/export$/, () => ({ status: 200, body: { format: 'unkai-history/1' } })],
    ['GET', /^\/service\/v1\/history\/retention$/, () => ({ status: 200, body: { classes: cloud.retention } })],
    ['PUT', /^\/service\/v1\/history\/retention\/([a-z]+)$/, ({ body }, about) => keep(cloud, about!, body as { days: number; reason: string })],
    ['GET', /^\/service\/v1\/history\/(\d+)$/, (_request, place) => event(cloud, Number(place))],
    ['GET', /^\/service\/v1\/ledger\/key$/, () => ({ status: 200, body: { pem: proof.pem, sha256: 'ab'.repeat(32) } })],
    ['GET', /^\/service\/v1\/ledger\/rounds$/, () => ({ status: 200, body: { rounds: cloud.rounds } })],
    ['GET', /^\/service\/v1\/ledger\/audit$/, () => ({ status: 200, body: cloud.audit })],
  ];
}

function historyOf(cloud: FakeCloud, query: URLSearchParams): FakeAnswer {
  const target = query.get('target');
  const outcome = query.get('outcome');
  const events = cloud.events.filter((event) => (target === null || event.target.id === target) && (outcome === null || event.outcome === outcome));
  return { status: 200, body: { events, next: null, sealed: { size: 100, time: '2026-11-26T07:00:00.123456Z' } } };
}

/** Sealed events have the proof of another one, which is good for that only. */
function event(cloud: FakeCloud, place: number): FakeAnswer {
  const event = cloud.events.find((each) => each.place === place);
  if (cloud.droppedPlace === place) return { status: 410, body: { detail: `Event ${place} of this history is not kept any more.`, code: 'EventDropped' } };
  if (!event) return { status: 404, body: { detail: `There is no event ${place} in this history.` } };
  const changes = [
    { field: 'admin_state_up', before: 'true', after: 'false', confidential: false },
    { field: 'user_data', before: null, after: null, confidential: true },
    { field: 'metadata.role', before: null, after: 'web', confidential: false },
    { field: 'network_id', before: null, after: cloud.networks[0]!.id, confidential: false },
    { field: 'fixed_ips', before: null, after: `subnet_id=${cloud.subnets[0]!.id} address=192.0.2.7`, confidential: false },
    { field: 'timetable.days', before: 'MONDAY, FRIDAY', after: 'SUNDAY', confidential: false },
  ];
  const attachments = {
    console: 'vnc',
    seconds: '754',
    opened: '2026-11-26T07:00:00Z',
    receivedBytes: '41943040',
    'sources.reader': 'everywhere',
    may_tell: 'false → true',
    server: cloud.servers[0]!.id,
    unheardOf: '1',
  };
  const whole = event.sealed
    ? { event: { ...event, ...proof.event }, attachments, changes, text: proof.text, proof: proof.proof }
    : { event, attachments: {}, changes: [], text: '{}', proof: null };
  return { status: 200, body: whole };
}

function keep(cloud: FakeCloud, about: string, wanted: { days: number; reason: string }): FakeAnswer {
  cloud.retention = cloud.retention.map((kept) => (kept.class === about ? { ...kept, days: wanted.days } : kept));
  return { status: 200, body: { classes: cloud.retention } };
}

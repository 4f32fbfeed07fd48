import { render, screen, waitFor, within } from '@testing-library/react';
import { beforeEach, describe, expect, it } from 'vitest';
import type { HistoryEvent } from '../src/api/history';
import type { Session } from '../src/api/session';
import { App } from '../src/app/App';
import { speak, type Language } from '../src/i18n';
import { changesOf, isNews, runningAccess, whoseIs } from '../src/pages/home/changes';
import { endings } from '../src/pages/home/expiring';
import { nextStep, stepsDone } from '../src/pages/home/firstSteps';
import { noteVisit, sinceLastVisit } from '../src/pages/home/visits';
import { FakeCloud } from './fake/cloud.ts';
import { stubFetch } from './fake/fetch.ts';
import * as seed from './fake/seed.ts';

/** What a customer who works with servers may do, as far as the first page asks. */
const CUSTOMER = ['topology:show', 'compute:server:list', 'compute:server:create', 'compute:quota:show', 'network:quota:show', 'history:event:list', 'contract:show', 'application-credential:list', 'compute:keypair:own'];

let cloud: FakeCloud;

async function open(language: Language = 'en') {
  window.history.replaceState(null, '', '/');
  const messages = await speak(language);
  render(<App language={language} messages={messages} />);
}

beforeEach(() => {
  cloud = new FakeCloud();
  sessionStorage.clear();
  stubFetch(cloud);
});

describe("a customer's first page", () => {
  it('counts the servers by state, names the one in trouble with its reason, and shows what the quota has left', async () => {
    cloud.rights = CUSTOMER;
    await open();
    await screen.findByText('No host has room for 32 vCPUs and 65536 MiB of memory at present. Choose a smaller flavor, try again later, or ask the provider.');
    const counts = Object.fromEntries([...document.querySelectorAll('[data-count]')].map((one) => [one.getAttribute('data-count'), one.textContent]));
    expect(counts).toEqual({ running: '3Running', stopped: '1Stopped', error: '1Fault' });
    expect(screen.getByRole('link', { name: 'experiment' }).getAttribute('href')).toBe('/servers/s5');
    expect(screen.getByText('2 of 5')).toBeTruthy();
    expect(screen.getByText('2 used, no limit')).toBeTruthy();
    expect(screen.queryByText('Break-glass')).toBeNull();
    expect(cloud.seen.filter((request) => request.path === '/service/v1/hosts')).toEqual([]);
  });

  it('tells in Japanese what has changed and by whom, and leaves out who only came', async () => {
    cloud.rights = CUSTOMER;
    cloud.events = [
      { ...seed.events()[4]!, id: 'e1', initiator: { id: 'op', type: 'service/security/account/user', party: 'provider', name: 'operator', address: null, agent: null } },
      { ...seed.events()[0]!, id: 'e2' },
    ];
    await open('ja');
    await screen.findByText(/サービス提供者: operatorさん/);
    expect(screen.getByText('サービス提供者 1')).toBeTruthy();
    expect(screen.getByText('過去 7 日間')).toBeTruthy();
    expect(screen.queryByText('ログイン')).toBeNull();
  });

  it('leads a new customer step by step, and never again once it is not wanted', async () => {
    cloud.rights = CUSTOMER;
    cloud.servers = [];
    cloud.keys = [];
    cloud.floating = [];
    await open();
    await screen.findByText('Your first server in five steps');
    const next = document.querySelector('.home-steps li[aria-current=step]') as HTMLElement;
    expect(within(next).getByText('Key pair')).toBeTruthy();
    screen.getByText('Do not show again').click();
    await waitFor(() => expect(screen.queryByText('Your first server in five steps')).toBeNull());
    expect(JSON.parse(localStorage.getItem('unkai.home.steps.p1')!)).toEqual({ over: true });
  });

  it('keeps the other cards when one cannot be read', async () => {
    cloud.rights = CUSTOMER;
    const answer = cloud.answer.bind(cloud);
    cloud.answer = (request) => (request.path === '/compute/v2.1/limits' ? { status: 403, body: { forbidden: { code: 403, message: 'Not for you.' } } } : answer(request));
    await open();
    await screen.findByText('This could not be read');
    await screen.findByText('experiment');
  });
});

describe("an operator's first page", () => {
  it('names silent hosts, late work, and everything that waits', async () => {
    cloud.hosts = cloud.hosts.map((host) => ({ ...host, state: 'unknown' }));
    cloud.overdue = [{ id: 's9', name: 'stuck-1', project: 'kumo', host: 'host-1', goal: 'active', reason: 'its host does not answer', since: '2026-11-25T10:00:00Z' }];
    cloud.audit = { ...cloud.audit, findings: [{ found: '2026-11-25T10:00:00Z', kind: 'root', log: '', place: null, sentence: 'A head does not follow from the one before.', sentenceJa: null, message: null, facts: {} }] };
    await open();
    expect((await screen.findByText('stuck-1')).closest('a')!.getAttribute('href')).toBe('/overdue-work');
    await screen.findByText('A head does not follow from the one before.');
    expect(screen.getByRole('link', { name: 'host-1' })).toBeTruthy();
    expect(screen.queryByText('Your first server in five steps')).toBeNull();
  });
});

describe('what is news', () => {
  const session = { user: { id: 'u1', name: 'me' }, domain: { id: 'kumo', name: 'kumo' }, project: { id: 'p1', name: 'kumo' }, roles: [], federated: false, expires: '' } satisfies Session;
  const event = (part: Partial<HistoryEvent>): HistoryEvent => ({ ...seed.events()[4]!, ...part });
  const by = (part: Partial<HistoryEvent['initiator']>) => event({ initiator: { id: 'x', type: 'service/security/account/user', party: 'customer', name: 'x', address: null, agent: null, ...part } });

  it('tells whose it was', () => {
    expect(whoseIs(by({ id: 'u1' }), session)).toBe('me');
    expect(whoseIs(by({}), session)).toBe('colleague');
    expect(whoseIs(by({ party: 'provider' }), session)).toBe('provider');
    expect(whoseIs(by({ party: 'provider' }), { ...session, domain: { id: 'default', name: 'Default' } })).toBe('colleague');
    expect(whoseIs(by({ type: 'service/compute/schedule' }), session)).toBe('schedule');
    expect(whoseIs(by({ type: 'service', party: 'service' }), session)).toBe('system');
    expect(whoseIs(by({ id: 'unknown', party: null }), session)).toBe('unknown');
  });

  it('is no log-in that worked, but each that did not', () => {
    expect(isNews(event({ action: 'authenticate' }))).toBe(false);
    expect(isNews(event({ action: 'authenticate', outcome: 'failure' }))).toBe(true);
  });

  it('stands once however often it was done', () => {
    const targets = ['a', 'b', 'c', 'd'].map((name) => event({ target: { id: name, type: 'compute/server', name } }));
    expect(changesOf(targets, session)).toMatchObject([{ count: 4, targets: ['a', 'b', 'c'] }]);
  });

  it('knows an access of the provider that runs', () => {
    const begun = event({ action: 'break-glass/approve' });
    expect(runningAccess([begun])).toBe(begun);
    expect(runningAccess([event({ action: 'break-glass/end' }), begun])).toBeUndefined();
  });

  it('goes back to the end of the last visit, for as long as this one lasts', () => {
    const hour = 3_600_000;
    expect(sinceLastVisit(session, 8 * 24 * hour)).toEqual({ time: new Date(24 * hour).toISOString(), visited: false });
    sessionStorage.clear();
    noteVisit(session, 9 * hour);
    sessionStorage.clear();
    expect(sinceLastVisit(session).time).toBe(new Date(9 * hour).toISOString());
    noteVisit(session, 20 * hour);
    noteVisit(session, 21 * hour);
    expect(sinceLastVisit(session)).toEqual({ time: new Date(9 * hour).toISOString(), visited: true });
  });
});

describe('what ends soon', () => {
  it('is shown from thirty days before, the soonest first, with whose it is', () => {
    const day = 86_400_000;
    const at = (days: number) => new Date(days * day).toISOString();
    const credential = (id: string, days: number) => ({ id, name: id, user: { id: 'u2', name: 'worker' }, expiresAt: at(days), prefixes: [] });
    const account = { user: { id: 'u1', name: 'me' }, domain: { id: 'd', name: 'd' }, passwordExpiresAt: at(5), emailLocked: false, secondFactor: { enrolled: true, app: true, passkeys: [], passkeysPossible: true, recoveryCodesLeft: 8, required: true } };
    expect(endings(account, [credential('far', 31), credential('near', 20), credential('over', -1)], 0)).toMatchObject([
      { key: 'over', state: 'ended', user: 'worker' },
      { key: 'password', state: 'urgent', user: null },
      { key: 'near', state: 'soon' },
    ]);
  });
});

describe('the first steps', () => {
  it('are done when a server can be reached, and the first that is missing is next', () => {
    const facts = { topology: { projectId: 'p1', networks: [], subnets: [], routers: [], ports: [], floatingAddresses: [], servers: [] }, keyPairs: 0, groups: seed.groups().slice(0, 1) };
    expect(nextStep(stepsDone(facts))).toBe('network');
    const network = { id: 'n', name: 'n', status: 'ACTIVE', own: true, shared: false, external: false };
    const begun = { ...facts.topology, networks: [network], subnets: [{ id: 's', networkId: 'n', name: 's', ipVersion: 4 as const, cidr: '10.0.0.0/24', gateway: null }], servers: [{ id: 'v', name: 'v', status: 'ACTIVE' }] };
    expect(nextStep(stepsDone({ topology: begun, keyPairs: 1, groups: facts.groups }))).toBe('firewall');
    expect(nextStep(stepsDone({ topology: begun, keyPairs: 1, groups: seed.groups() }))).toBe('address');
  });
});

// @vitest-environment node
// What the provider's people do, walked in a real browser in both languages. Pictures: target/walks.
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { BreakGlassCase } from '../../src/api/breakGlass';
import { rightsOf } from '../fake/rights.ts';
import * as seed from '../fake/seed.ts';
import { build, chrome, site, type Site } from './site.ts';
import { walked, walksIn, type Walk } from './walk.ts';

let browser: Browser;
beforeAll(async () => {
  build();
  browser = await chrome();
}, 240_000);
afterAll(() => browser?.close());

const kei = { id: 'u7', name: 'kei' };
const asked = (ticket: string, more: Partial<BreakGlassCase>): BreakGlassCase => ({
  id: ticket,
  project: 'kumo',
  reason: 'The customer asks why the disk is full.',
  ticket,
  minutes: 30,
  state: 'requested',
  requestedBy: kei,
  requestedAt: '2026-11-26T07:00:00Z',
  ...more,
});

/** A site with something in every register. */
async function furnished(role: 'service-operator' | 'auditor'): Promise<Site> {
  const at = await site();
  const { cloud } = at;
  cloud.rights = rightsOf(role);
  cloud.hosts = [...seed.hosts(), { ...seed.hosts()[0]!, id: 'h2', name: 'host-2', guests: 0, gateway: false, vcpus: { total: 32, used: 0 } }];
  cloud.overdue = [{ id: 's4', name: 'バッチ処理', project: 'p1', host: 'host-1', goal: 'stopped', reason: 'The host has not answered for 3 minutes.', since: '2026-11-26T07:00:00Z' }];
  cloud.breakGlass.cases = [asked('T-1', {}), asked('T-2', { state: 'review_due', requestedBy: kei, decidedBy: { id: 'u8', name: 'ren' }, decidedAt: '2026-11-26T07:01:00Z', endsAt: '2026-11-26T07:31:00Z' })];
  cloud.evidence = {
    holds: [{ id: 'K-1', reference: 'K-1', project: 'p1', everything: true, things: [], reason: 'Case 17', authority: 'District court', mayTell: true, state: 'provisional', madeBy: kei, madeAt: '2026-01-31T12:00:00Z' }],
    disclosures: [
      {
        ...{ id: 'd1', reference: 'D-1', requester: 'Police of the prefecture', theirNumber: 'Sha 12', channel: 'letter', receivedAt: '2026-01-31T00:00:00Z', legalBasis: 'Article 197' },
        ...{ project: 'p1', scope: 'log-ins of January', state: 'received', mayTell: false, recordedBy: kei, recordedAt: '2026-01-31T12:00:00Z' },
      },
    ],
    changes: [{ at: '2026-01-31T12:00:00Z', by: kei, action: 'disclosure/record', facts: { requester: 'Police of the prefecture' } }],
    secrecy: [],
    packages: [
      {
        evidence: { id: 'e1', name: 'P-1', reference: 'K-1', project: 'p1', reason: 'Case 17', mayTell: false, toldLater: false, state: 'collecting', madeBy: kei, madeAt: '2026-01-31T12:00:00Z' },
        parts: [{ name: 'server-memory.elf', kind: 'memory', state: 'missing', size: 0, obstacle: { kind: 'not_running' } }],
        custody: [{ at: '2026-01-31T12:00:00Z', by: kei, action: 'evidence-package/make', facts: { reason: 'Case 17' } }],
      },
    ],
  };
  return at;
}

const LANGUAGES = ['ja', 'en'] as const;

describe.each(LANGUAGES)('an operator, in %s,', (language) => {
  let at: Site;
  beforeAll(async () => {
    at = await furnished('service-operator');
  });
  afterAll(() => at?.close());
  const walks = walksIn(language, () => ({ browser, at }));

  it('looks after hosts: what they are, maintenance, emptying, dedication, one more', { timeout: 180_000 }, () =>
    walks('hosts', async (walk) => {
      const { page, t } = walk;
      await walk.go('/hosts');
      await walk.stop('list');
      await walk.button('hosts.detailsOf', { name: 'host-1' }).click();
      await walk.sees('libvirt 9.0.0');
      await walk.sees(t('hosts.clock'));
      await walk.stop('one host');
      await walk.submit('common.close');

      // Whose details were looked at is the one that the actions are for.
      await walk.choose('common.actions', 'hosts.maintain');
      await walk.dialog.getByLabel(t('hosts.reason')).fill('Disk');
      await walk.stop('maintain');
      await walk.submit('hosts.maintain');
      await walk.row('host-1').getByText(t('hosts.states.maintenance')).waitFor();
      expect(at.cloud.hosts[0]).toMatchObject({ state: 'maintenance', maintenanceReason: 'Disk' });
      await walk.choose('common.actions', 'hosts.resume');
      await walk.row('host-1').getByText(t('hosts.states.up')).waitFor();

      await walk.choose('common.actions', 'hosts.drain.begin');
      await walk.sees(t('hosts.drain.warning', { servers: 3 }));
      await walk.submit('hosts.drain.begin');
      await walk.sees(t('hosts.drain.server.stuck'));
      await walk.stop('being emptied');
      await walk.submit('common.close');
      await walk.sees(t('watch.drain.count', { gone: 1, all: 3 }));

      await walk.select('host-1');
      await walk.select('host-2');
      await walk.choose('common.actions', 'hosts.dedicate');
      await walk.dialog.getByLabel(t('hosts.projectId')).fill('kumo');
      await walk.submit('hosts.dedicate');
      await walk.row('host-2').getByText('kumo').waitFor();

      await walk.button('hosts.join').click();
      await walk.submit('hosts.makeCommand');
      await walk.sees('./unkai node join');
      await walk.stop('one more host');
      await walk.submit('common.close');
      await page.setViewportSize({ width: 360, height: 780 });
      await walk.stop('on a telephone');
    }));

  it('sees why a server is where it is, and why it was nowhere', { timeout: 60_000 }, () =>
    walks('placement', async (walk) => {
      await walk.go('/servers/s1/placement');
      await walk.sees(walk.t('placement.placed', { host: 'host-2' }));
      await walk.page.getByRole('button', { name: walk.t('placement.nowhere') }).first().click();
      await walk.sees(walk.t('placement.steps'));
      await walk.stop('why');
    }));

  it('decides about an application, and finds registers, late work and mail', { timeout: 120_000 }, () =>
    walks('registers', async (walk) => {
      const { t, page } = walk;
      await walk.go('/applications');
      await page.getByRole('button', { name: 'A-7', exact: true }).click();
      await walk.stop('application');
      await walk.submit('application.approve');
      await walk.stop('approve');
      await walk.submit('application.approve');
      await walk.sees(t('application.states.approved'));
      expect(at.cloud.contract.application.state).toBe('approved');
      await walk.submit('common.close');

      await walk.go('/registers');
      await walk.row('203.0.113.21').getByText('kumo').waitFor();
      await walk.stop('addresses');
      await page.getByRole('tab', { name: t('registers.tabs.networks') }).click();
      await walk.row('front').waitFor();
      await walk.stop('networks');
      await page.getByRole('tab', { name: t('registers.tabs.pools') }).click();
      await walk.row('203.0.113.0/27').waitFor();
      await walk.stop('pools');

      await walk.go('/overdue-work');
      await walk.row('バッチ処理').waitFor();
      await walk.stop('late work');

      await walk.go('/images');
      await walk.select('my-appliance');
      await walk.button('images.visibility').first().click();
      await page.getByRole('menuitem', { name: new RegExp(`^${t('images.visibilities.public')}`) }).click();
      await expect.poll(() => at.cloud.images.find((image) => image.id === 'i3')?.visibility).toBe('public');
      await walk.stop('an image for all');

      await walk.go('/mail');
      await page.getByRole('button', { name: 'Unkai: welcome', exact: true }).click();
      await walk.dialog.locator('.mail-body').waitFor();
      await walk.stop('mail');
    }));

  it('asks for access, is decided about by a second and reviewed by a third', { timeout: 60_000 }, () =>
    walks('break-glass', async (walk) => {
      const { t, page } = walk;
      await walk.go('/break-glass');
      await walk.stop('queue');
      await walk.button('breakGlass.ask').click();
      await page.locator('input[name=break-glass-project]').fill('kumo');
      await page.locator('input[name=break-glass-ticket]').fill('T-3');
      await page.locator('textarea[name=break-glass-reason]').fill('Their router.');
      await walk.stop('asking');
      await walk.submit('breakGlass.ask');
      await walk.row('T-3').getByText(t('breakGlass.bySecond')).waitFor();
      // The second is another one, with other rights.
      at.cloud.rights = rightsOf('security-officer');
      await walk.go('/break-glass');
      await page.getByRole('button', { name: `${t('breakGlass.steps.approve')} (T-1)` }).click();
      await walk.stop('deciding');
      await walk.submit('breakGlass.steps.approve');
      await walk.row('T-1').getByText(t('breakGlass.left', { minutes: 30 })).waitFor();
      await page.getByRole('button', { name: `${t('breakGlass.steps.review')} (T-2)` }).click();
      await walk.dialog.getByRole('textbox').fill('Nothing was changed.');
      await walk.stop('reviewing');
      await walk.submit('breakGlass.sign');
      await walk.sees('master: Nothing was changed.');
      at.cloud.rights = rightsOf('service-operator');
    }));
});

describe.each(LANGUAGES)('an auditor, in %s,', (language) => {
  it('reads the registers, the history and the evidence', { timeout: 120_000 }, async () => {
    const at = await furnished('auditor');
    await walksIn(language, () => ({ browser, at }))('auditor', async (walk) => {
      const { page, t } = walk;
      const close = () => walk.submit('common.close');
      await walk.go('/hosts');
      await walk.button('hosts.detailsOf', { name: 'host-1' }).click();
      await walk.sees('libvirt 9.0.0');
      await walk.stop('a host');
      await close();
      await walk.turn('/registers');
      await walk.row('203.0.113.21').getByText('kumo').waitFor();
      await walk.stop('addresses');
      await walk.turn('/history');
      await page.getByRole('button', { name: new RegExp(`^${t('history.details', { action: '.+' })}$`) }).first().click();
      await walk.dialog.getByText('198.51.100.7').first().waitFor();
      await walk.stop('an event');
      await close();
      await walk.turn('/evidence');
      await walk.row('K-1').getByText('District court').waitFor();
      await walk.stop('holds');
      await walk.turn('/evidence/disclosures');
      await page.getByRole('button', { name: 'D-1' }).click();
      await walk.dialog.getByText('Police of the prefecture').first().waitFor();
      await walk.stop('a disclosure');
      await close();
      await walk.turn('/evidence/packages');
      await page.getByRole('button', { name: 'P-1' }).click();
      await walk.dialog.getByText('server-memory.elf').waitFor();
      await walk.stop('a package');
      await close();
    });
    expect(changesAsked(at)).toEqual([]);
    at.close();
  });
});

const changesAsked = (at: Site) => at.cloud.seen.filter((request) => request.method !== 'GET').map((request) => `${request.method} ${request.path}`);

/** What only shows, wherever it stands: by its name in English. */
const SHOWS = [
  ...['Close side navigation', 'Open the help', 'Refresh', 'Save as CSV', 'Previous page', 'Page 1 of all pages', 'Next page', 'Preferences'],
  ...['Close', 'Close modal', 'Close panel', 'Export CSV', 'Save as picture', 'Sealed', 'Being sealed', /^Copy /, /^Details/],
  // What is selected is shown beside the list.
  /^Select /,
];
/** Each page that an auditor may open: what he reads there, and what else stands there to be pressed or filled in. */
const PLACES: readonly [path: string, reads: string, shows?: readonly (string | RegExp)[]][] = [
  ['/servers', 'web-2'],
  ['/servers/s1', 'ssh root@203.0.113.21', ['Overview', 'Network', 'Schedules', 'History', 'Placement']],
  ['/images', 'my-appliance'],
  ['/networks', 'back'],
  ['/networks/n1', '10.1.0.0/24'],
  ['/routers', 'edge'],
  ['/floating-addresses', '203.0.113.22'],
  ['/security-groups', 'default'],
  ['/security-groups/g2', 'Incoming'],
  ['/hosts', 'host-2'],
  ['/registers', 'External addresses', ['External addresses', 'Networks and VLANs', 'Ranges']],
  ['/history', 'Change floating address', ['This project', 'All customers', 'Platform', 'Any time', 'Export']],
  ['/evidence', 'K-1', ['Holds', 'Disclosures', 'Packages']],
  ['/evidence/disclosures', 'D-1', ['Holds', 'Disclosures', 'Packages', 'D-1']],
  ['/evidence/packages', 'P-1', ['Holds', 'Disclosures', 'Packages', 'P-1']],
  ['/applications', 'A-7', ['A-7']],
  ['/mail', 'Unkai: welcome', [/^Unkai: /]],
  ['/break-glass', 'T-1'],
  ['/overdue-work', 'The host has not answered for 3 minutes.'],
  ['/backups', 'identity-20261126T060000Z.backup'],
  ['/certificates', 'Connection refused'],
  ['/ledger-state', 'How long events are kept'],
  ['/users', 'ren@kumo.example', ['kumo']],
  ['/plans/shared', 'version 2', ['version 2']],
  // His own sessions he ends as everybody does.
  ['/sign-ins', '203.0.113.9', ['Open sessions', 'Log-ins and log-outs', 'End', 'End all others', /^Select/]],
];
/** What opens further things in which something could be changed. */
const OPENS: Readonly<Record<string, string | RegExp>> = { '/hosts': 'Details of host-1', '/applications': 'A-7', '/mail': 'Unkai: welcome', '/evidence/disclosures': 'D-1', '/evidence/packages': 'P-1', '/history': 'Details: Create server' };

/** All that a page offers to press or to fill in, but for searching and sorting. */
const offered = ({ page }: Walk): Promise<string[]> =>
  page
    .locator('button:visible, [role=menuitem]:visible, [role=switch]:visible, textarea:visible, input[type=checkbox], input[type=radio], input[type=file], a[download]')
    .evaluateAll((all) => all.filter((each) => !each.closest('#top-navigation, nav')).map((each) => (each.getAttribute('aria-label') ?? ((each as HTMLElement).innerText || `a field: ${each.getAttribute('type') ?? each.tagName}`)).trim()));

describe('an auditor', () => {
  it('is offered nothing anywhere that changes anything, and the service is asked for no change', { timeout: 240_000 }, async () => {
    const at = await furnished('auditor');
    const wrong = await walked('audited', browser, at.address, 'en', async (walk) => {
      await walk.go('/');
      for (const [path, reads, shows = []] of PLACES) {
        await walk.turn(path);
        await walk.sees(reads);
        await walk.opened.settled();
        const further = OPENS[path];
        const judged = [await offered(walk)];
        if (further !== undefined) {
          await walk.page.getByRole('button', { name: further, exact: true }).first().click();
          await walk.dialog.waitFor();
          await walk.opened.settled();
          judged.push(await offered(walk));
          await walk.submit('common.close');
        }
        const rows = walk.page.locator('tbody').locator('input[type=checkbox], input[type=radio]');
        if ((await rows.count()) > 0) {
          await rows.first().click({ force: true });
          await walk.opened.settled();
          judged.push(await offered(walk));
        }
        const harmless = [...SHOWS, ...shows];
        const more = judged.flat().filter((name) => !harmless.some((each) => (typeof each === 'string' ? each === name : each.test(name))));
        walk.finds(...more.map((name) => `${path} offers: ${name}`));
      }
    });
    expect(wrong).toEqual([]);
    expect(changesAsked(at)).toEqual([]);
    at.close();
  });

  it('is judged by what does show it to an operator', { timeout: 60_000 }, async () => {
    const at = await furnished('service-operator');
    expect(
      await walked('judged', browser, at.address, 'en', async (walk) => {
        await walk.go('/hosts');
        await walk.select('host-1');
        expect(await offered(walk)).toEqual(expect.arrayContaining(['Actions', 'Add a host', 'Select host-1']));
        await walk.turn('/applications');
        await walk.page.getByRole('button', { name: 'A-7' }).click();
        await walk.dialog.waitFor();
        await expect.poll(() => offered(walk)).toContain('Approve');
      }),
    ).toEqual([]);
    at.close();
  });
});

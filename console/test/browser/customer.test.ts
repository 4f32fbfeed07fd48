// @vitest-environment node
// What a customer's people do, walked in a real browser in both languages. Pictures: target/walks. The first server, the contract and the log-in are
// walked on a real site (e2e).
import { readFileSync } from 'node:fs';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { rightsOf } from '../fake/rights.ts';
import { build, chrome, site, type Site } from './site.ts';
import { walksIn } from './walk.ts';

let browser: Browser;
beforeAll(async () => {
  build();
  browser = await chrome();
}, 240_000);
afterAll(() => browser?.close());

describe.each(['ja', 'en'] as const)('a customer, in %s,', (language) => {
  let at: Site;
  beforeAll(async () => {
    at = await site();
    at.cloud.rights = rightsOf('master');
  });
  afterAll(() => at?.close());
  const walks = walksIn(language, () => ({ browser, at }));

  it('makes a network with its way out, a further range, and routes between networks', { timeout: 180_000 }, () =>
    walks('networks', async (walk) => {
      const { t, page } = walk;
      await walk.go('/networks');
      await walk.button('networks.create').click();
      await walk.dialog.getByLabel(t('networks.name')).fill('shop');
      await walk.stop('a network');
      await walk.submit('common.create');
      await walk.dialog.waitFor({ state: 'hidden' });
      await expect.poll(() => at.cloud.networks.some((network) => network.name === 'shop')).toBe(true);
      const shop = at.cloud.networks.find((network) => network.name === 'shop')!;
      await walk.go(`/networks/${shop.id}`);
      await walk.button('networks.addSubnet').click();
      await walk.dialog.getByLabel(t('networks.cidr')).fill('fd00:9::/64');
      await walk.submit('common.add');
      await walk.row('fd00:9::/64').waitFor();
      await walk.stop('its ranges');

      await walk.go('/routers');
      await walk.row('shop-router').waitFor();
      await walk.button('routers.create').click();
      await walk.stop('a router');
      await walk.submit('common.create');
      await walk.row('router-1').waitFor();
      await walk.select('router-1');
      await walk.choose('servers.actions.more', 'routers.join');
      await walk.stop('joining a network');
      await walk.submit('routers.joinSubmit');
      await walk.dialog.waitFor({ state: 'hidden' });
      await walk.choose('servers.actions.more', 'routers.leave');
      await walk.sees(t('routers.leaveText'));
      await walk.submit('routers.leaveSubmit');
      await walk.dialog.waitFor({ state: 'hidden' });
      await walk.choose('servers.actions.more', 'routers.gateway');
      await walk.stop('the gateway');
      await page.keyboard.press('Escape');
    }));

  it('leads a floating address to a server, and gives it back', { timeout: 120_000 }, () =>
    walks('floating', async (walk) => {
      const { t } = walk;
      await walk.go('/floating-addresses');
      await walk.button('floating.allocate').first().click();
      await walk.stop('one more');
      await walk.submit('floating.allocateSubmit');
      const fresh = '203.0.113.25';
      await walk.row(fresh).waitFor();
      await walk.select(fresh);
      await walk.button('floating.toServer').click();
      await walk.pick('floating.server', /web-2/);
      await walk.stop('to a server');
      await walk.submit('floating.attachSubmit');
      await walk.row(fresh).getByText('web-2').waitFor();
      await walk.button('floating.detach').click();
      await walk.submit('floating.detach');
      await walk.row(fresh).getByText(t('floating.free')).waitFor();
      await walk.button('floating.release').click();
      await walk.dialog.getByRole('textbox').fill(fresh);
      await walk.stop('giving it back');
      await walk.submit('floating.release');
      await walk.row(fresh).waitFor({ state: 'detached' });
    }));

  it('sets up the firewall, and asks whether one could reach another', { timeout: 120_000 }, () =>
    walks('firewall', async (walk) => {
      const { t, page } = walk;
      await walk.go('/security-groups');
      await walk.button('securityGroups.create').first().click();
      await walk.dialog.getByLabel(t('securityGroups.name')).fill('shop');
      await walk.submit('common.create');
      await walk.dialog.waitFor({ state: 'hidden' });
      await walk.sees('shop');
      await walk.stop('groups');
      await walk.go(`/security-groups/${at.cloud.groups.find((group) => group.name === 'shop')!.id}`);
      await walk.button('securityGroups.addRule').first().click();
      await walk.pick('securityGroups.what', t('securityGroups.presets.https'));
      await walk.sees(t('securityGroups.anywhereWarning'));
      await walk.stop('a rule');
      await walk.submit('common.add');
      await walk.row('443').waitFor();
      await walk.stop('its rules');

      await walk.go('/reach');
      await walk.pick('reach.to', /web-1/);
      await page.locator('[data-verdict=no]').waitFor();
      await walk.stop('no');
      await walk.pick('reach.from', /web-2/);
      await page.locator('[data-verdict=yes]').waitFor();
      await walk.stop('yes');
    }));

  it('looks after users, sessions and what programs log in with', { timeout: 180_000 }, () =>
    walks('people', async (walk) => {
      const { t, page } = walk;
      await walk.go('/users');
      await walk.button('users.create').click();
      await page.locator('input[name=user-name]').fill('mio');
      await page.locator('input[name=user-email]').fill('mio@kumo.example');
      await walk.stop('a user');
      await walk.submit('common.create');
      await walk.row('mio@kumo.example').waitFor();
      await page.getByRole('button', { name: t('nav.named', { name: t('users.change'), value: 'ren' }) }).click();
      await walk.dialog.getByRole('checkbox', { name: t('users.roles.viewer') }).check({ force: true });
      await walk.stop('roles');
      await walk.submit('common.save');
      await walk.row('ren@kumo.example').getByText(t('users.roles.viewer')).waitFor();
      await walk.select('ren@kumo.example');
      await walk.choose('common.actions', 'users.disable');
      await walk.sees(t('users.pauses'));
      await walk.stop('what ends');
      await page.keyboard.press('Escape');

      await walk.go('/sign-ins');
      await walk.row('203.0.113.9').waitFor();
      await walk.select('203.0.113.9');
      await walk.button('access.end').click();
      await walk.stop('ending a session');
      await walk.submit('access.end');
      await walk.row('203.0.113.9').waitFor({ state: 'detached' });

      await walk.go('/application-credentials');
      await walk.button('credentials.create').first().click();
      await walk.dialog.getByLabel(t('servers.name')).fill('nightly-export');
      await walk.dialog.getByText(t('credentials.rules', { count: 0 })).click();
      await walk.button('credentials.addRule').click();
      await walk.stop('a credential');
      await walk.submit('common.create');
      await walk.sees(t('credentials.once'));
      await walk.stop('its secret');
      const [file] = await Promise.all([page.waitForEvent('download'), walk.submit('credentials.cloudsYaml')]);
      expect(file.suggestedFilename()).toBe('clouds.yaml');
      await walk.submit('credentials.kept');
      await walk.row('nightly-export').waitFor();
    }));

  it('reads the contract, who answers for what, and takes the history along', { timeout: 120_000 }, () =>
    walks('contract', async (walk) => {
      const { t, page } = walk;
      await walk.go('/contract');
      await walk.sees('Kumo Trading');
      await walk.stop('contract');
      await walk.go('/plans/shared');
      await walk.stop('who answers for what');

      await walk.go('/history');
      await walk.stop('history');
      await walk.button('ledger.export.open').click();
      await walk.stop('export');
      const [file] = await Promise.all([page.waitForEvent('download'), walk.submit('ledger.export.run')]);
      expect(file.suggestedFilename()).toBe('unkai-history.jsonl');
      expect(readFileSync(await file.path(), 'utf8')).toContain('unkai-history/1');
      await walk.sees(t('ledger.export.done', { file: 'unkai-history.jsonl' }));
      await walk.stop('exported');
    }));

  it('sends an image, and goes elsewhere meanwhile', { timeout: 120_000 }, () =>
    walks('upload', async (walk) => {
      const { t, page } = walk;
      let arrive: () => void = () => undefined;
      const arrived = new Promise<void>((resolve) => (arrive = resolve));
      await page.route(/\/image\/v2\/images\/[^/]+\/file$/, async (route) => {
        await arrived;
        await route.continue();
      });
      await walk.go('/images');
      await walk.button('images.upload.button').first().click();
      await page.locator('input[type=file]').setInputFiles({ name: 'appliance.raw', mimeType: 'application/octet-stream', buffer: Buffer.alloc(1_048_576, 1) });
      await walk.stop('an image');
      await walk.submit('images.upload.submit');
      await walk.sees(t('images.upload.going', { name: 'appliance' }));
      await page.getByRole('link', { name: t('nav.servers'), exact: true }).click();
      await walk.row('web-1').waitFor();
      await walk.sees(t('images.upload.going', { name: 'appliance' }));
      await walk.stop('elsewhere');
      arrive();
      await walk.sees(t('images.upload.done', { name: 'appliance' }));
    }));
});

// Somebody comes to a contract and leaves it, in a real browser against a running Unkai without a mail relay: a master (or the provider, who then chooses the
// contract first) creates a user, who sets the first password by the sealed link, logs in and looks at the servers; the user is disabled, and is out within
// seconds; is enabled, and logs in again; is removed, and cannot. The mails tell it, and the history shows it. The operator hands the link on.
//
//   UNKAI_URL=https://localhost:8443 UNKAI_PASSWORD=… UNKAI_DOMAIN=… [UNKAI_USER=… UNKAI_USER_PASSWORD=…] OUT=directory node e2e/leaving.mjs
//
// The password is the operator's. With UNKAI_USER, a master of UNKAI_DOMAIN does it, else the operator. Optional: LANGUAGES (default ja), CHROMIUM.
// Ends with 0 when everything worked; otherwise names the step that did not, and leaves a screenshot of it in OUT.
import { mkdirSync } from 'node:fs';
import { chromium } from 'playwright-core';
import { Browsing } from './browsing.mjs';
import { linkInMail } from './mails.mjs';
import { texts } from './texts.mjs';

const need = (name) => process.env[name] ?? stop(`${name} is not set.`);
const settings = { url: need('UNKAI_URL'), password: need('UNKAI_PASSWORD'), domain: need('UNKAI_DOMAIN'), out: process.env['OUT'] ?? 'shots' };
const master = process.env['UNKAI_USER'] ? { domain: settings.domain, user: process.env['UNKAI_USER'], password: need('UNKAI_USER_PASSWORD') } : null;
const OWN_PASSWORD = 'seventeen purple herons wading';
/** milliseconds: what is taken away is gone within five seconds; the page notices at its next request */
const OUT_WITHIN = 20_000;

mkdirSync(settings.out, { recursive: true });
const browser = await chromium.launch({
  executablePath: process.env['CHROMIUM'] ?? '/usr/bin/chromium',
  args: ['--no-sandbox', '--disable-gpu', '--disable-background-networking'],
});
try {
  for (const language of (process.env['LANGUAGES'] ?? 'ja').split(',')) await comeAndLeave(language);
} finally {
  await browser.close();
}

async function open(language, who) {
  const context = await browser.newContext({
    ignoreHTTPSErrors: true,
    locale: language === 'ja' ? 'ja-JP' : 'en-GB',
    viewport: { width: 1440, height: 1000 },
  });
  return new Browsing(await context.newPage(), `leaving-${language}-${who}`, settings.out);
}

async function comeAndLeave(language) {
  const t = texts(language);
  const name = `hana-${language}-${Date.now().toString(36)}`;
  const email = `${name}@customer.example`;
  const operator = await open(language, 'operator');
  const manager = master ? await open(language, 'master') : operator;
  const user = await open(language, 'user');
  const { page } = manager;
  const dialog = () => page.getByRole('dialog');
  const toUsers = async () => {
    await page.goto(`${settings.url}/users`);
    if (!master) {
      await page.getByRole('button', { name: t('users.contract') }).click();
      await page.getByRole('option', { name: settings.domain, exact: true }).click();
    }
  };
  const act = async (action) => {
    await page.locator('tr', { hasText: name }).getByRole('radio').check({ force: true });
    await page.getByRole('button', { name: t('common.actions'), exact: true }).click();
    await page.getByRole('menuitem', { name: action, exact: true }).click();
    await dialog().waitFor();
  };

  await operator.step('the operator logs in', () => logIn(operator.page, { domain: 'Default', user: 'operator', password: settings.password }, t));
  if (master) await manager.step('the master logs in', () => logIn(page, master, t));
  await manager.step('create a user', async () => {
    await toUsers();
    await page.getByRole('button', { name: t('users.create'), exact: true }).click();
    await dialog().locator('input[name=user-name]').fill(name);
    await dialog().locator('input[name=user-person]').fill(language === 'ja' ? '伊藤 花' : 'Hana Ito');
    await dialog().locator('input[name=user-email]').fill(email);
    await manager.picture('the form');
    await dialog().getByRole('button', { name: t('common.create'), exact: true }).click();
    await page.getByRole('row').getByText(name, { exact: true }).waitFor();
  });
  await user.step('set the first password by the sealed link', async () => {
    await user.page.goto(await linkInMail(operator.page, settings.url, t, email, language === 'ja' ? 'パスワード' : 'password'));
    await user.sees(t('welcome.title'));
    await user.page.locator('input[type=password]').nth(1).waitFor();
    for (const field of await user.page.locator('input[type=password]').all()) await field.fill(OWN_PASSWORD);
    await user.page.getByRole('button', { name: t('welcome.setIt') }).click();
    await user.sees(t('welcome.set'));
  });
  const own = { domain: settings.domain, user: name, password: OWN_PASSWORD };
  await user.step('the user logs in', () => logIn(user.page, own, t));
  await manager.step('disable, after reading what ends and what stays', async () => {
    await toUsers();
    await act(t('users.disable'));
    await manager.sees(t('users.stays'));
    await manager.picture('what ends and what stays');
    await dialog().getByRole('button', { name: t('users.disable'), exact: true }).click();
    await page.locator('tr', { hasText: name }).getByText(t('users.disabled')).waitFor();
  });
  await user.step('the user is out', async () => {
    // The console asks the same user to log in again; who it is stands there.
    await user.page.locator('input[type=password]').fill(OWN_PASSWORD, { timeout: OUT_WITHIN });
    await user.page.keyboard.press('Enter');
    await user.sees(t('login.failed'));
  });
  await manager.step('enable again', async () => {
    await act(t('users.enable'));
    await dialog().getByRole('button', { name: t('users.enable'), exact: true }).click();
    await page.locator('tr', { hasText: name }).getByText(t('users.enabled')).waitFor();
  });
  await user.step('the user logs in again', () => logIn(user.page, own, t));
  await manager.step('remove, after typing the name', async () => {
    await act(t('users.remove'));
    await dialog().locator('input[name=typed-name]').fill(name);
    await manager.picture('before removing');
    await dialog().getByRole('button', { name: t('users.remove'), exact: true }).click();
    await page.getByRole('row').getByText(name, { exact: true }).waitFor({ state: 'detached' });
  });
  await user.step('the user is out for good', async () => {
    // The console asks the same user to log in again; who it is stands there.
    await user.page.locator('input[type=password]').fill(OWN_PASSWORD, { timeout: OUT_WITHIN });
    await user.page.keyboard.press('Enter');
    await user.sees(t('login.failed'));
  });
  await operator.step('the mails told it', async () => {
    await operator.page.goto(`${settings.url}/mail`);
    const mails = operator.page.locator('tr', { hasText: email });
    await mails.nth(3).waitFor();
    for (const word of language === 'ja' ? ['無効', '再び有効', '削除'] : ['disabled', 'enabled', 'removed']) await mails.filter({ hasText: word }).first().waitFor();
  });
  if (master) {
    await manager.step('the history shows it', async () => {
      await page.goto(`${settings.url}/history`);
      const kind = t('history.kinds.user');
      for (const verb of ['create', 'disable', 'enable', 'delete']) {
        const what = t('history.actionText', { verb: t(`history.verbs.${verb}`), kind });
        await page.locator('tr', { hasText: name }).filter({ hasText: what }).first().waitFor();
      }
    });
  }
  for (const each of new Set([operator, manager, user])) each.complainOfScripts();
}

async function logIn(page, who, t) {
  await page.goto(settings.url);
  await fill(page, who);
  await page.getByRole('link', { name: t('nav.home'), exact: true }).waitFor();
}

async function fill(page, { domain, user, password }) {
  await page.locator('input[name=organization]').fill(domain);
  await page.locator('input[name=username]').fill(user);
  await page.locator('input[type=password]').fill(password);
  await page.keyboard.press('Enter');
}

function stop(sentence) {
  console.error(sentence);
  process.exit(2);
}

// A passkey in a real browser against a running Unkai: made under My account, asked for at the next log-in, removed again. What must be
// refused is tested beside identity; here it is the browser's side that counts. The authenticator is Chromium's own virtual one.
//
//   UNKAI_URL=https://localhost:8443 UNKAI_DOMAIN=… UNKAI_USER=… UNKAI_PASSWORD=… OUT=directory node e2e/passkey.mjs
//
// The user must have no second factor, and has none again at the end. Optional: LANGUAGES (default ja), CHROMIUM.
import { mkdirSync } from 'node:fs';
import { chromium } from 'playwright-core';
import { Browsing } from './browsing.mjs';
import { texts } from './texts.mjs';

const need = (name) => process.env[name] ?? stop(`${name} is not set.`);
const settings = { url: need('UNKAI_URL'), domain: need('UNKAI_DOMAIN'), user: need('UNKAI_USER'), password: need('UNKAI_PASSWORD'), out: process.env['OUT'] ?? 'shots' };

mkdirSync(settings.out, { recursive: true });
const browser = await chromium.launch({
  executablePath: process.env['CHROMIUM'] ?? '/usr/bin/chromium',
  args: ['--no-sandbox', '--disable-gpu', '--disable-background-networking'],
});
try {
  for (const language of (process.env['LANGUAGES'] ?? 'ja').split(',')) await walk(language);
} finally {
  await browser.close();
}

async function walk(language) {
  const t = texts(language);
  const context = await browser.newContext({ ignoreHTTPSErrors: true, locale: language === 'ja' ? 'ja-JP' : 'en-GB', viewport: { width: 1440, height: 1000 } });
  const on = new Browsing(await context.newPage(), language, settings.out);
  const { page } = on;
  await withAuthenticator(context, page);
  const dialog = () => page.getByRole('dialog');
  const name = `e2e ${language}`;

  await on.step('log in by password', async () => {
    await page.goto(settings.url);
    await logIn(page);
    await page.getByRole('button', { name: t('nav.account') }).waitFor();
  });
  await on.step('add a passkey', async () => {
    await page.goto(`${settings.url}/account`);
    await page.getByRole('button', { name: t('account.passkeys.add'), exact: true }).click();
    await dialog().locator('input[name=passkey-name]').fill(name);
    await dialog().locator('input[type=password]').fill(settings.password);
    await on.picture('the dialog');
    await dialog().getByRole('button', { name: t('account.factor.next'), exact: true }).click();
    await on.sees(t('account.codes.once'));
  });
  await on.step('it is in the list', async () => {
    await page.getByRole('button', { name: t('account.codes.kept') }).click();
    await page.getByRole('row').getByText(name).waitFor();
  });
  await on.step('the next log-in asks for it and takes it', async () => {
    await context.clearCookies();
    await page.goto(settings.url);
    await logIn(page);
    await on.sees(t('login.passkeyText'));
    await on.picture('asked for the passkey');
    await page.getByRole('button', { name: t('account.passkeys.use'), exact: true }).click();
    await page.getByRole('button', { name: t('nav.account') }).waitFor();
  });
  await on.step('remove it with password and passkey', async () => {
    await page.goto(`${settings.url}/account`);
    await page.getByRole('button', { name: t('account.passkeys.removeOf', { name }) }).click();
    await dialog().locator('input[type=password]').fill(settings.password);
    await on.picture('the proof');
    await dialog().getByRole('button', { name: t('account.passkeys.remove'), exact: true }).click();
    await on.sees(t('account.passkeys.empty'));
  });
  on.complainOfScripts();
  await context.close();
}

/** A platform's authenticator with a finger on it, by the DevTools protocol. */
async function withAuthenticator(context, page) {
  const devtools = await context.newCDPSession(page);
  await devtools.send('WebAuthn.enable');
  await devtools.send('WebAuthn.addVirtualAuthenticator', {
    options: { protocol: 'ctap2', transport: 'internal', hasResidentKey: true, hasUserVerification: true, isUserVerified: true, automaticPresenceSimulation: true },
  });
}

async function logIn(page) {
  await page.locator('input[name=organization]').fill(settings.domain);
  await page.locator('input[name=username]').fill(settings.user);
  await page.locator('input[type=password]').fill(settings.password);
  await page.keyboard.press('Enter');
}

function stop(sentence) {
  console.error(sentence);
  process.exit(2);
}

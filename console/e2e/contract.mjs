// A new customer's way in a real browser against a running Unkai without a mail relay, once in Japanese and once in English: apply, confirm the
// address, be approved by an operator, agree to the texts, get a first password by the sealed link, log in and
// set up a second factor, read the contract and start a first server.
// The operator hands the links of the mails on, as the page of mails lets him.
//
//   UNKAI_URL=https://localhost:8443 UNKAI_PASSWORD=… OUT=directory node e2e/contract.mjs
//
// The password is the operator's. Optional: PLAN (id, default shared), LANGUAGES (default ja,en), CHROMIUM (path of the browser).
// Ends with 0 when everything worked; otherwise names the step that did not, and leaves a screenshot of it in OUT.
import { mkdirSync } from 'node:fs';
import { chromium } from 'playwright-core';
import { Browsing } from './browsing.mjs';
import { linkInMail } from './mails.mjs';
import { setUpAtLogIn } from './second-factor.mjs';
import { texts } from './texts.mjs';
import { createServer } from './wizard.mjs';

const need = (name) => process.env[name] ?? stop(`${name} is not set.`);
const settings = { url: need('UNKAI_URL'), password: need('UNKAI_PASSWORD'), out: process.env['OUT'] ?? 'shots', plan: process.env['PLAN'] ?? 'shared' };
const OWN_PASSWORD = 'seventeen purple herons wading';

mkdirSync(settings.out, { recursive: true });
const browser = await chromium.launch({
  executablePath: process.env['CHROMIUM'] ?? '/usr/bin/chromium',
  args: ['--no-sandbox', '--disable-gpu', '--disable-background-networking'],
});
try {
  for (const language of (process.env['LANGUAGES'] ?? 'ja,en').split(',')) await newCustomer(language);
} finally {
  await browser.close();
}

async function open(language, who) {
  const context = await browser.newContext({
    ignoreHTTPSErrors: true,
    locale: language === 'ja' ? 'ja-JP' : 'en-GB',
    viewport: { width: 1440, height: 900 },
  });
  return new Browsing(await context.newPage(), `${language}-${who}`, settings.out);
}

async function newCustomer(language) {
  const t = texts(language);
  const name = `kumo-${language}-${Date.now().toString(36)}`;
  const email = `yuki@${name}.example`;
  const applicant = await open(language, 'applicant');
  const operator = await open(language, 'operator');
  const link = (word) => linkInMail(operator.page, settings.url, t, email, word);

  await applicant.step('apply', async () => {
    const { page } = applicant;
    await page.goto(settings.url);
    await page.getByRole('link', { name: t('apply.link') }).click();
    await page.locator(`input[type=radio][value="${settings.plan}"]`).check({ force: true });
    await page.locator('input[name=company]').fill(language === 'ja' ? '雲商事株式会社' : 'Kumo Trading');
    await page.locator('input[name=person]').fill(language === 'ja' ? '佐藤 雪' : 'Yuki Sato');
    await page.locator('input[name=email]').fill(email);
    await page.locator('input[name=contractName]').fill(name);
    // Whence this browser comes; only plans that open from a list ask for it.
    const addresses = page.getByLabel(t('apply.addresses'));
    if ((await addresses.count()) > 0) await addresses.fill(process.env['ADDRESSES'] ?? '127.0.0.1');
    await applicant.picture('the form');
    // In the list of addresses Enter begins a line.
    await page.locator('input[name=contractName]').press('Enter');
    await applicant.sees(t('apply.sent'));
  });
  await operator.step('log in', async () => {
    const { page } = operator;
    await page.goto(settings.url);
    await logIn(page, { domain: 'Default', user: 'operator', password: settings.password });
    await page.getByRole('heading', { name: t('nav.servers') }).first().waitFor();
  });
  let next;
  await operator.step('hand the first link on', async () => {
    next = await link(language === 'ja' ? '確認' : 'confirm');
  });
  await applicant.step('confirm the address', async () => {
    await applicant.page.goto(next);
    await applicant.picture('before confirming');
    await applicant.page.getByRole('button', { name: t('apply.confirm') }).click();
    await applicant.sees(t('application.states.submitted'));
  });
  await operator.step('approve', async () => {
    const { page } = operator;
    await page.goto(`${settings.url}/applications`);
    await page.locator('tr', { hasText: language === 'ja' ? '雲商事' : 'Kumo' }).first().getByRole('button').first().click();
    await page.getByRole('button', { name: t('application.approve'), exact: true }).waitFor();
    await operator.picture('the application');
    await page.getByRole('button', { name: t('application.approve'), exact: true }).click();
    await operator.picture('before approving');
    await page.getByRole('button', { name: t('application.approve'), exact: true }).last().click();
    await operator.sees(t('application.steps.approved'));
  });
  await operator.step('hand the second link on', async () => {
    next = await link(language === 'ja' ? '承認' : 'approved');
  });
  await applicant.step('agree', async () => {
    const { page } = applicant;
    await page.goto('about:blank');
    await page.goto(next);
    await applicant.sees(t('application.agree'));
    for (const box of await page.locator('input[type=checkbox]').all()) await box.check({ force: true });
    await applicant.picture('the texts');
    await page.getByRole('button', { name: t('application.agree') }).click();
    await applicant.sees(t('application.states.active'), 60_000);
  });
  await operator.step('hand the sealed link on', async () => {
    next = await link(language === 'ja' ? 'パスワード' : 'password');
  });
  let password = OWN_PASSWORD;
  await applicant.step('get the first password', async () => {
    const { page } = applicant;
    await page.goto(next);
    await applicant.sees(t('welcome.title'));
    const fields = await page.locator('input[type=password]').all();
    for (const field of fields) await field.fill(OWN_PASSWORD);
    await applicant.picture('the seal');
    await page.getByRole('button', { name: t(fields.length > 0 ? 'welcome.setIt' : 'welcome.show') }).click();
    if (fields.length > 0) await applicant.sees(t('welcome.set'));
    else password = await page.locator('.shown-once code').innerText();
  });
  await applicant.step('log in for the first time', async () => {
    const { page } = applicant;
    await page.goto(settings.url);
    await logIn(page, { domain: name, user: 'master', password });
    // The master user has power over all of the contract: the password alone opens nothing.
    await applicant.sees(t('login.setUpText'));
    await applicant.picture('a second factor is needed');
    await setUpAtLogIn(applicant, t);
    await page.getByRole('heading', { name: t('nav.servers') }).first().waitFor();
  });
  await applicant.step('read the contract', async () => {
    await applicant.page.goto(`${settings.url}/contract`);
    await applicant.sees(email);
    await applicant.sees(t('contract.states.active'));
  });
  await createServer(applicant, t, { url: settings.url, image: process.env['UNKAI_IMAGE'] ?? 'unkai-tiny', name: `first-${language}` });
  applicant.complainOfScripts();
  operator.complainOfScripts();
}

async function logIn(page, { domain, user, password }) {
  await page.locator('input[name=organization]').fill(domain);
  await page.locator('input[name=username]').fill(user);
  await page.locator('input[type=password]').fill(password);
  await page.keyboard.press('Enter');
}

function stop(sentence) {
  console.error(sentence);
  process.exit(2);
}

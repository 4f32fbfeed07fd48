// A new customer's way in a real browser against a running Unkai without a mail relay, once in Japanese and once in English: apply, confirm the
// address, be approved by an operator, agree to the texts, get a first password by the sealed link, log in and
// set up a second factor, read the contract and start a first server.
// The operator hands the links of the mails on, as the page of mails lets him.
//
//   UNKAI_URL=https://localhost:8443 UNKAI_PASSWORD=… OUT=directory node e2e/contract.mjs
//
// The password is the operator's. Optional: PLAN (id, default shared), LANGUAGES (default ja,en), CHROMIUM (path of the browser).
// With VPN (address of the SSL-VPN) and CA (PEM file of its authority) the plan is one that is reached through tunnels: a VPN user is named in the
// application and gets a password, opens a tunnel by the real openconnect in this network namespace (which needs root), and the master logs in through it; at the end
// the tunnel is closed, and the same log-in from outside is refused. HOST is then the name of the host that the operator dedicates to the contract; the server runs there.
// Ends with 0 when everything worked; otherwise names the step that did not, and leaves a screenshot of it in OUT.
import { spawn } from 'node:child_process';
import { mkdirSync } from 'node:fs';
import { networkInterfaces } from 'node:os';
import { chromium } from 'playwright-core';
import { Browsing } from './browsing.mjs';
import { linkInMail } from './mails.mjs';
import { setUpAtLogIn } from './second-factor.mjs';
import { texts } from './texts.mjs';
import { BOOT, createServer } from './wizard.mjs';

const need = (name) => process.env[name] ?? stop(`${name} is not set.`);
const settings = { url: need('UNKAI_URL'), password: need('UNKAI_PASSWORD'), out: process.env['OUT'] ?? 'shots', plan: process.env['PLAN'] ?? 'shared' };
const OWN_PASSWORD = 'seventeen purple herons wading';
const VPN = process.env['VPN'];
const VPN_USER = 'hana';

mkdirSync(settings.out, { recursive: true });
const browser = await chromium.launch({
  executablePath: process.env['CHROMIUM'] ?? '/usr/bin/chromium',
  args: ['--no-sandbox', '--disable-gpu', '--disable-background-networking'],
});
/** The client of the tunnel that stands, which must not outlive this walk. */
let tunnel;
try {
  for (const language of (process.env['LANGUAGES'] ?? 'ja,en').split(',')) await newCustomer(language);
} finally {
  tunnel?.kill('SIGKILL');
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
    if (VPN) {
      await page.getByRole('button', { name: t('apply.addVpnUser') }).click();
      await page.getByLabel(t('login.user')).last().fill(VPN_USER);
      await page.getByLabel(t('apply.email')).last().fill(`${VPN_USER}@${name}.example`);
    }
    await applicant.picture('the form');
    // In the list of addresses Enter begins a line.
    await page.locator('input[name=contractName]').press('Enter');
    await applicant.sees(t('apply.sent'));
  });
  await operator.step('log in', async () => {
    const { page } = operator;
    await page.goto(settings.url);
    await logIn(page, { domain: 'Default', user: 'operator', password: settings.password });
    await page.getByRole('link', { name: t('nav.home'), exact: true }).waitFor();
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
    await applicant.sees(VPN ? t('contract.waitsFor.hosts') : t('application.states.active'), 60_000);
  });
  if (VPN) {
    await operator.step('dedicate a host', () => dedicate(operator, t, language));
    await applicant.step('the contract is ready', () => applicant.sees(t('application.states.active'), 60_000));
  }
  await operator.step('hand the sealed link on', async () => {
    next = await link(language === 'ja' ? 'パスワード' : 'password');
  });
  let password = OWN_PASSWORD;
  const breakSeal = async (link) => {
    const { page } = applicant;
    await page.goto('about:blank');
    await page.goto(link);
    await applicant.sees(t('welcome.title'));
    const fields = await page.locator('input[type=password]').all();
    for (const field of fields) await field.fill(OWN_PASSWORD);
    await applicant.picture('the seal');
    await page.getByRole('button', { name: t(fields.length > 0 ? 'welcome.setIt' : 'welcome.show') }).click();
    if (fields.length === 0) return page.locator('.shown-once code').innerText();
    await applicant.sees(t('welcome.set'));
    return OWN_PASSWORD;
  };
  await applicant.step('get the first password', async () => {
    password = await breakSeal(next);
  });
  const master = { domain: name, user: 'master', password };
  if (VPN) {
    await applicant.step('outside of a tunnel nobody is let in', () => refused(applicant, t, master));
    await operator.step("hand the VPN user's link on", async () => {
      next = await linkInMail(operator.page, settings.url, t, `${VPN_USER}@${name}.example`, language === 'ja' ? 'パスワード' : 'password');
    });
    await applicant.step("get the VPN user's password", () => breakSeal(next));
    await applicant.step('open the tunnel', async () => {
      tunnel = await openTunnel(`${VPN_USER}@${name}`, OWN_PASSWORD);
    });
  }
  await applicant.step('log in for the first time', async () => {
    const { page } = applicant;
    await page.goto(settings.url);
    await logIn(page, master);
    // The master user has power over all of the contract: the password alone opens nothing.
    await applicant.sees(t('login.setUpText'));
    await applicant.picture('a second factor is needed');
    await setUpAtLogIn(applicant, t);
    await page.getByRole('link', { name: t('nav.home'), exact: true }).waitFor();
  });
  await applicant.step('read the contract', async () => {
    await applicant.page.goto(`${settings.url}/contract`);
    await applicant.sees(email);
    await applicant.sees(t('contract.states.active'));
  });
  const server = `first-${language}`;
  await createServer(applicant, t, { url: settings.url, image: process.env['UNKAI_IMAGE'] ?? 'unkai-tiny', name: server });
  if (VPN) {
    await operator.step("the server runs on the contract's own host", async () => {
      await operator.page.goto(`${settings.url}/hosts`);
      await operator.page.locator('tr', { hasText: process.env['HOST'] }).getByText('1', { exact: true }).first().waitFor();
    });
    await applicant.step('delete the server', async () => {
      const { page } = applicant;
      await applicant.choose(t('servers.actions.more'), t('servers.actions.delete'));
      await page.getByRole('dialog').locator('input').fill(server);
      await page.getByRole('dialog').getByRole('button', { name: t('common.delete'), exact: true }).click();
      await applicant.sees(t('watch.delete.done', { name: server }), BOOT);
    });
    await applicant.step('close the tunnel: the same log-in is refused', async () => {
      tunnel.kill('SIGINT');
      await ended(tunnel);
      await applicant.page.context().clearCookies();
      await refused(applicant, t, master);
    });
  }
  applicant.complainOfScripts();
  operator.complainOfScripts();
}

/** As the operator's page of the application asks for. */
async function dedicate(on, t, language) {
  const { page } = on;
  await page.goto(`${settings.url}/applications`);
  await page.locator('tr', { hasText: language === 'ja' ? '雲商事' : 'Kumo' }).first().getByRole('button').first().click();
  const project = /[0-9a-f]{32}/.exec(await page.getByText(/[0-9a-f]{32}/).first().innerText())[0];
  await page.goto(`${settings.url}/hosts`);
  await page.locator('tr', { hasText: process.env['HOST'] }).getByRole('checkbox').check({ force: true });
  await page.getByRole('button', { name: t('common.actions'), exact: true }).click();
  await page.getByRole('menuitem', { name: t('hosts.dedicate'), exact: true }).click();
  await page.getByRole('dialog').locator('input').fill(project);
  await on.picture('the host and the project');
  await page.getByRole('dialog').getByRole('button', { name: t('hosts.dedicate'), exact: true }).click();
  await page.getByRole('dialog').waitFor({ state: 'hidden' });
}

async function refused(on, t, who) {
  await on.page.goto('about:blank');
  await on.page.goto(settings.url);
  await logIn(on.page, who);
  await on.sees(t('login.failed'));
}

/** Types the password as a person does; answers the client once the tunnel stands and its routes do: a browser breaks off what it connects while they change. */
async function openTunnel(user, password) {
  const client = spawn('openconnect', [`--user=${user}`, '--passwd-on-stdin', `--cafile=${need('CA')}`, `https://${VPN}`], { stdio: ['pipe', 'pipe', 'pipe'] });
  let said = '';
  for (const stream of [client.stdout, client.stderr]) stream.on('data', (text) => (said += text));
  client.stdin.end(`${password}\n`);
  for (let waited = 0; waited < 20_000; waited += 200) {
    if (/^(Configured|Connected) as /m.test(said) && networkInterfaces()['tun0']?.some(({ family }) => family === 'IPv4')) return client;
    if (client.exitCode !== null) break;
    await new Promise((resolve) => setTimeout(resolve, 200));
  }
  throw new Error(`No tunnel: ${said}`);
}

function ended(client) {
  return client.exitCode === null ? new Promise((resolve) => client.once('exit', resolve)) : undefined;
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

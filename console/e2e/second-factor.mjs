// A person's authenticator app (RFC 6238), and the log-in page's step that brings a secret into it.
import { createHmac } from 'node:crypto';

const ALPHABET = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567';
/** seconds */
const STEP = 30;

/** The code that the app shows now, or some steps of time away. */
export function code(secret, stepsAway = 0) {
  const bits = [...secret].map((sign) => ALPHABET.indexOf(sign).toString(2).padStart(5, '0')).join('');
  const seed = Buffer.from(bits.match(/.{8}/g).map((byte) => parseInt(byte, 2)));
  const time = Buffer.alloc(8);
  time.writeBigUInt64BE(BigInt(Math.floor(Date.now() / 1000 / STEP) + stepsAway));
  const hash = createHmac('sha1', seed).update(time).digest();
  return String((hash.readUInt32BE(hash[19] & 15) & 0x7fffffff) % 1_000_000).padStart(6, '0');
}

/** At the first log-in of somebody whose role needs a second factor; answers the secret. Ends at the first page inside. */
export async function setUpAtLogIn(on, t) {
  const { page } = on;
  await page.getByRole('button', { name: t('account.factor.setUp'), exact: true }).click();
  await page.getByText(t('account.factor.byHand')).click();
  const uri = await page.getByText(/^otpauth:/).innerText();
  const secret = new URL(uri).searchParams.get('secret');
  await on.picture('the secret');
  // A code counts once, and none from before it: the first is of the step before, so that one is left for the log-in.
  await page.locator('input[autocomplete=one-time-code]').fill(code(secret, -1));
  await page.getByRole('button', { name: t('account.factor.confirm'), exact: true }).click();
  await on.sees(t('account.codes.once'));
  await page.getByRole('button', { name: t('account.codes.kept') }).click();
  await page.locator('input[autocomplete=one-time-code]').fill(code(secret));
  await page.keyboard.press('Enter');
  return secret;
}

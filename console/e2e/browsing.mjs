// One browser page with what the test does on it again and again: named steps with screenshots, and a record of script errors.
import { join } from 'node:path';

export class Browsing {
  #number = 0;
  #complaints = [];
  /** What the browser reported of late: why a page stayed empty. */
  #reports = [];

  constructor(page, language, out) {
    this.page = page;
    this.language = language;
    this.out = out;
    page.setDefaultTimeout(30_000);
    page.on('pageerror', (error) => this.#complaints.push(error.message));
    page.on('requestfailed', (request) => this.#report(`${request.url()}: ${request.failure()?.errorText}`));
    page.on('response', (answer) => answer.status() >= 400 && this.#report(`${answer.url()}: ${answer.status()}`));
    page.on('console', (message) => {
      if (message.type() === 'error') this.#report(message.text());
      if (message.type() === 'error' && /Content Security Policy|Refused to/.test(message.text())) this.#complaints.push(message.text());
    });
  }

  /** Does one step; keeps a picture of its end, or of where it failed. */
  async step(what, action) {
    const begun = Date.now();
    try {
      await action();
      await this.picture(what);
      console.log(`${this.language}  ok    ${what} (${((Date.now() - begun) / 1000).toFixed(1)} s)`);
    } catch (error) {
      await this.picture(`failed ${what}`).catch(() => undefined);
      const reports = [`at ${this.page.url().replace(/#.*/, '')}`, ...this.#complaints, ...this.#reports].join('\n  ');
      throw new Error(`${this.language}: "${what}" did not work: ${error.message}\n  ${reports}`, { cause: error });
    }
  }

  #report(line) {
    // What follows # in an address may be a secret.
    this.#reports.push(line.replace(/#\S+/g, '#…'));
    if (this.#reports.length > 12) this.#reports.shift();
  }

  async picture(what) {
    const number = String(++this.#number).padStart(2, '0');
    await this.page.screenshot({ path: join(this.out, `${this.language}-${number}-${what.replace(/[^a-z]+/gi, '-')}.png`) });
  }

  async sees(text, timeout = 30_000) {
    await this.page.getByText(text).first().waitFor({ timeout });
  }

  /** The wizard's button to the next step, or, at its end, the one that creates. */
  async forward() {
    await this.page.locator('[class*=awsui_primary-button]').last().click();
  }

  /** Opens a menu by its label and chooses an action in it. */
  async choose(menu, action) {
    await this.page.getByRole('button', { name: menu, exact: true }).click();
    await this.page.getByRole('menuitem', { name: action }).click();
  }

  /** Waits until a canvas shows more than one colour. */
  async canvasHasPicture(selector) {
    await this.page.waitForFunction(
      (css) => {
        const canvas = document.querySelector(css);
        if (!canvas?.width) return false;
        const { data } = canvas.getContext('2d').getImageData(0, 0, canvas.width, canvas.height);
        const colours = new Set();
        for (let at = 0; at < data.length && colours.size < 2; at += 4) colours.add((data[at] << 16) | (data[at + 1] << 8) | data[at + 2]);
        return colours.size > 1;
      },
      selector,
      { timeout: 60_000, polling: 500 },
    );
  }

  complainOfScripts() {
    if (this.#complaints.length > 0) throw new Error(`${this.language}: the page's scripts failed:\n${this.#complaints.join('\n')}`);
  }
}

// A page in a real browser, with a record of what it asked for and complained of: a page that shows nothing has to say why.
import { setTimeout as wait } from 'node:timers/promises';
import type { Browser, BrowserContext, BrowserContextOptions, Page, Request } from 'playwright-core';

export type Language = 'ja' | 'en';

export interface Look {
  language: Language;
  colours: 'light' | 'dark';
  width: number;
}

/** The page is there when this is. */
export const SHOWN = 'h1:visible, main h2:visible, main canvas:visible, .log-in-card:visible, .public-card:visible';

/** Longer than a machine takes that is busy with all other tests, in milliseconds. */
const SHOWN_WITHIN = 60_000;
/** Without a request, in milliseconds. */
const QUIET = 120;
const QUIET_WITHIN = 2_000;

const isStream = (request: Request) => request.url().endsWith('/service/v1/changes');

export class Opened {
  /** What must not happen on any page: scripts that fail, breaches of the policy, requests to another origin. */
  readonly complaints: string[] = [];
  /** What tells why a page shows nothing. */
  #reports: string[] = [];
  readonly #underWay = new Set<Request>();

  constructor(
    readonly page: Page,
    private readonly address: string,
  ) {
    page.setDefaultTimeout(30_000);
    page.on('pageerror', (error) => this.complaints.push(error.message));
    page.on('crash', () => this.#reports.push('the page crashed'));
    page.on('console', (message) => {
      if (message.type() === 'error') this.#reports.push(message.text().slice(0, 300));
      if (/Content Security Policy/.test(message.text())) this.complaints.push(message.text());
    });
    page.on('request', (request) => {
      if (!isStream(request)) this.#underWay.add(request);
      const { protocol, origin } = new URL(request.url());
      if (!['data:', 'blob:'].includes(protocol) && origin !== address) this.complaints.push(`a request to another origin: ${request.url()}`);
    });
    page.on('requestfinished', (request) => this.#underWay.delete(request));
    page.on('requestfailed', (request) => {
      this.#underWay.delete(request);
      this.#reports.push(`${request.url()} failed: ${request.failure()?.errorText}`);
    });
    page.on('response', (answer) => answer.status() >= 400 && this.#reports.push(`${answer.url()}: ${answer.status()}`));
  }

  static async in(browser: Browser, address: string, { language, colours, width }: Look, options: BrowserContextOptions = {}): Promise<Opened> {
    return Opened.windowOf(await browser.newContext({ ...contextOf(language, width), ...options }), address, colours);
  }

  static async windowOf(context: BrowserContext, address: string, colours: Look['colours'] = 'light'): Promise<Opened> {
    const page = await context.newPage();
    await page.addInitScript((mode) => localStorage.setItem('unkai.mode', mode), colours);
    return new Opened(page, address);
  }

  /** Opens an address; gives what is wrong when it shows nothing. */
  async go(path: string): Promise<string[]> {
    this.#reports = [];
    this.#underWay.clear();
    await this.page.goto(this.address + path, { timeout: SHOWN_WITHIN });
    return this.shows();
  }

  async shows(within = SHOWN_WITHIN): Promise<string[]> {
    const shown = await this.page.locator(SHOWN).first().waitFor({ timeout: within }).then(() => true, () => false);
    if (!shown) return [`shows nothing: ${await this.why()}`];
    await this.settled();
    return [];
  }

  /** Waits until nothing is asked for any more, for a while. */
  async settled(): Promise<void> {
    const end = Date.now() + QUIET_WITHIN;
    for (let quietSince = Date.now(); Date.now() < end && Date.now() - quietSince < QUIET; await wait(20)) {
      if (this.#underWay.size > 0) quietSince = Date.now();
    }
  }

  async why(): Promise<string> {
    const text = await Promise.race([this.page.locator('body').innerText(), wait(5_000, 'the page does not answer')]).catch((error: unknown) => String(error));
    const waiting = [...this.#underWay].map((request) => `${request.method()} ${request.url()} is not answered`);
    return [`"${text.replaceAll('\n', ' | ').slice(0, 300)}"`, ...waiting, ...this.#reports].join('\n  ');
  }

  close(): Promise<void> {
    return this.page.context().close();
  }
}

export function contextOf(language: Language, width: number): BrowserContextOptions {
  return { locale: language === 'ja' ? 'ja-JP' : 'en-GB', timezoneId: 'Europe/Berlin', viewport: { width, height: 800 }, bypassCSP: false, reducedMotion: 'reduce' };
}

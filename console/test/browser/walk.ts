// A visitor's task, done in a real browser in one language: named stops, each looked at (axe, what sticks out, what is not translated) and kept as a picture.
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import type { Browser, Locator, Page } from 'playwright-core';
import { expect } from 'vitest';
import { look } from '../../e2e/look.mjs';
import { texts } from '../../e2e/texts.mjs';
import { Opened, type Language } from './opened.ts';

/** What a build leaves of the walks. */
export const PICTURES = process.env['SHOTS'] ?? 'target/walks';

export class Walk {
  readonly page: Page;
  /** The console's text by its key. */
  readonly t: ReturnType<typeof texts>;
  readonly #wrong: string[] = [];
  #number = 0;

  private constructor(
    private readonly name: string,
    readonly language: Language,
    readonly opened: Opened,
  ) {
    this.page = opened.page;
    this.t = texts(language);
    mkdirSync(PICTURES, { recursive: true });
  }

  static async begin(name: string, browser: Browser, address: string, language: Language, width = 1280): Promise<Walk> {
    const opened = await Opened.in(browser, address, { language, colours: language === 'ja' ? 'light' : 'dark', width });
    return new Walk(name, language, opened);
  }

  async go(path: string): Promise<void> {
    this.#wrong.push(...(await this.opened.go(path)));
  }

  /** Goes on to a page as the console's own links do, without loading it anew. */
  async turn(path: string): Promise<void> {
    await this.page.evaluate((next) => {
      history.pushState(null, '', next);
      dispatchEvent(new PopStateEvent('popstate'));
    }, path);
    await this.opened.settled();
  }

  /** Notes what is wrong. */
  finds(...wrong: string[]): void {
    this.#wrong.push(...wrong);
  }

  /** Looks at the page as it is now; axe does so in one language, as the page is made of the same parts in both. */
  async stop(what: string): Promise<void> {
    await this.opened.settled();
    const number = String(++this.#number).padStart(2, '0');
    await this.page.screenshot({ path: join(PICTURES, `${this.name}-${this.language}-${number}-${what.replaceAll(' ', '-')}.png`) });
    const found = [...(await look(this.page, this.language, this.language === 'en')), ...this.opened.complaints.splice(0)];
    this.#wrong.push(...found.map((each) => `${what}: ${each}`));
  }

  button(key: string, values: Record<string, string | number> = {}): Locator {
    return this.page.getByRole('button', { name: this.t(key, values), exact: true });
  }

  /** Opens a menu and chooses in it. */
  async choose(menu: string, item: string): Promise<void> {
    await this.button(menu).first().click();
    await this.page.getByRole('menuitem', { name: this.t(item), exact: true }).click();
  }

  /** The open dialog, and its button that does it. */
  get dialog(): Locator {
    return this.page.getByRole('dialog').filter({ visible: true });
  }

  submit(key: string, values: Record<string, string | number> = {}): Promise<void> {
    return this.dialog.getByRole('button', { name: this.t(key, values), exact: true }).click();
  }

  sees(text: string | RegExp): Promise<void> {
    return this.page.getByText(text).filter({ visible: true }).first().waitFor();
  }

  /** Selects a row of a list, or takes that back. */
  async select(text: string): Promise<void> {
    await this.row(text).locator('input[type=checkbox], input[type=radio]').click({ force: true });
  }

  /** Chooses an option of a field. */
  async pick(field: string, option: string | RegExp): Promise<void> {
    await this.page.getByLabel(this.t(field)).filter({ visible: true }).last().click();
    await this.page.getByRole('option', { name: option }).filter({ visible: true }).first().click();
  }

  /** The row of a list in which a text stands. */
  row(text: string): Locator {
    return this.page.getByRole('row').filter({ hasText: text }).first();
  }

  /** Ends the walk; gives what was wrong at its stops. */
  async end(): Promise<string[]> {
    await this.opened.close();
    return this.#wrong;
  }

  /** Why it went no further. */
  async failed(error: unknown): Promise<never> {
    await this.page.screenshot({ path: join(PICTURES, `${this.name}-${this.language}-failed.png`) }).catch(() => undefined);
    const why = await this.opened.why();
    await this.opened.close();
    throw new Error(`${this.name}, ${this.language}: ${String(error)}\n${[...this.#wrong, why].join('\n')}`, { cause: error });
  }
}

/** One walk from its begin to its end. */
export async function walked(name: string, browser: Browser, address: string, language: Language, steps: (walk: Walk) => Promise<void>, width = 1280): Promise<string[]> {
  const walk = await Walk.begin(name, browser, address, language, width);
  try {
    await steps(walk);
  } catch (error) {
    return walk.failed(error);
  }
  return walk.end();
}

/** Walks of a test in one language, in the browser and before the site that are there when one begins; nothing may be wrong at their stops. */
export function walksIn(language: Language, present: () => { browser: Browser; at: { address: string } }) {
  return async (name: string, steps: (walk: Walk) => Promise<void>): Promise<void> => {
    const { browser, at } = present();
    expect(await walked(name, browser, at.address, language, steps)).toEqual([]);
  };
}

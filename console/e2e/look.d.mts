import type { Page } from 'playwright-core';

/** Gives what is wrong with the open page, a line each; of a page that axe has seen, without what axe finds. */
export function look(page: Page, language: 'ja' | 'en', seen?: boolean): Promise<string[]>;

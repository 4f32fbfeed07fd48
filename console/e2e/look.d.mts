import type { Page } from 'playwright-core';

/** Gives what is wrong with the open page, a line each. */
export function look(page: Page, language: 'ja' | 'en'): Promise<string[]>;

import type { Plugin } from 'vite';

export function manualPlugin(docs: string): Plugin;
export function readManual(docs: string): Record<'ja' | 'en', unknown>;
export function parseManual(markdown: string): unknown;

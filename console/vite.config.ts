// How the console is built: hashed files, no inlined data (the page's security policy allows neither), code split by page.
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { brotliCompressSync, constants, gzipSync } from 'node:zlib';
import react from '@vitejs/plugin-react';
import type { Plugin } from 'vite';
import { defineConfig } from 'vitest/config';
import { manualPlugin } from './build/manual.mjs';

/** Puts a compressed copy beside each file, so that the server never has to compress anything itself. */
function compressed(): Plugin {
  const best = { params: { [constants.BROTLI_PARAM_QUALITY]: constants.BROTLI_MAX_QUALITY } };
  return {
    name: 'compressed',
    apply: 'build',
    // From the written files: until then Vite may still change what is in the bundle.
    writeBundle({ dir = '' }, bundle) {
      for (const fileName of Object.keys(bundle).filter((name) => /\.(js|css|svg)$/.test(name))) {
        const path = join(dir, fileName);
        const source = readFileSync(path);
        if (source.length < 1024) continue;
        writeFileSync(`${path}.br`, brotliCompressSync(source, best));
        writeFileSync(`${path}.gz`, gzipSync(source, { level: 9 }));
      }
    },
  };
}

interface Modules {
  getModuleInfo: (id: string) => { importedIds: readonly string[] } | null;
}

/** Whether a module is among these, or imported by them or what they import: all but what is loaded when it is needed. */
function neededBy(...names: string[]): (id: string, modules: Modules) => boolean {
  const needed = new Set<string>();
  return (id, modules) => {
    const add = (one: string) => {
      if (needed.has(one)) return;
      needed.add(one);
      modules.getModuleInfo(one)?.importedIds.forEach(add);
    };
    if (needed.size === 0) names.forEach((name) => add(fileURLToPath(new URL(name, import.meta.url))));
    return needed.has(id);
  };
}
const start = neededBy('src/main.tsx');
const frame = neededBy('src/app/Shell.tsx', 'src/app/AskReason.tsx', 'src/app/ProveAgain.tsx', 'src/pages/home/Home.tsx');

export default defineConfig({
  plugins: [react(), manualPlugin(fileURLToPath(new URL('../docs', import.meta.url))), compressed()],
  build: {
    outDir: process.env['CONSOLE_OUT'] ?? 'dist',
    emptyOutDir: true,
    target: 'es2022',
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    chunkSizeWarningLimit: 1000,
    reportCompressedSize: false,
    rolldownOptions: {
      output: {
        // Every component has a file of its own; what several pages share goes into one: 20 requests for the first page, not 117. What the start needs
        // stands apart, and so does what the frame and the first page need: they wait for nothing that only other pages have.
        codeSplitting: {
          groups: [
            { name: (id, modules) => (start(id, modules) ? 'start' : null), debugName: 'start', priority: 2 },
            { name: (id, modules) => (frame(id, modules) ? 'frame' : null), debugName: 'frame', priority: 1 },
            { name: 'parts', test: /node_modules.@cloudscape-design|src.(ui|api|app|i18n).*\.tsx?$/, minShareCount: 3 },
          ],
        },
      },
    },
  },
  test: {
    environment: 'jsdom',
    setupFiles: ['test/setup.ts'],
    include: ['test/**/*.test.{ts,tsx}'],
    testTimeout: 90_000,
    // The components' test tools call act() by themselves; what they say about it tells nothing about the console.
    onConsoleLog: (log) => !log.includes('configured to support act'),
  },
});

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
        // Every component has a file of its own; what several pages share goes into one: 20 requests for the first page, not 117.
        codeSplitting: {
          groups: [{ name: 'parts', test: /node_modules.@cloudscape-design|src.(ui|api|app|i18n).*\.tsx?$/, minShareCount: 3 }],
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

// Against a running Unkai, whose address and accounts the environment says; not among the tests of `npm test`.
import { defineConfig } from 'vitest/config';

export default defineConfig({ test: { environment: 'jsdom', include: ['test/live/**/*.live.ts'], testTimeout: 240_000, hookTimeout: 60_000 } });

// `npm run dev`: the console with hot reload, against a running Unkai (UNKAI_URL) or, without one, against the fake cloud of the tests, on wish with
// very many servers (FAKE_SERVERS=10000).
import { fileURLToPath } from 'node:url';
import react from '@vitejs/plugin-react';
import { defineConfig, type Plugin } from 'vite';
import { manualPlugin } from '../build/manual.mjs';
import { FakeCloud } from '../test/fake/cloud.ts';
import { manyServers } from '../test/fake/seed.ts';
import { serve } from '../test/fake/serve.ts';

const real = process.env['UNKAI_URL'];

function fakeCloud(): Plugin {
  const cloud = new FakeCloud();
  const count = Number(process.env['FAKE_SERVERS'] ?? '0');
  if (count > 0) cloud.servers = manyServers(count);
  return {
    name: 'fake-cloud',
    configureServer: (server) => serve(server.middlewares, cloud),
    configurePreviewServer: (server) => serve(server.middlewares, cloud),
  };
}

const plugins = [react(), manualPlugin(fileURLToPath(new URL('../../docs', import.meta.url)))];
const backend = { target: real ?? '', secure: false, ws: true, changeOrigin: true, rewriteWsOrigin: true };

export default defineConfig({
  root: fileURLToPath(new URL('..', import.meta.url)),
  plugins: real ? plugins : [...plugins, fakeCloud()],
  server: real
    ? { proxy: Object.fromEntries(['/compute', '/network', '/image', '/service', '/identity'].map((path) => [path, backend])) }
    : {},
});

// The built console, served as `cloud` serves it, with the fake cloud behind it, and a real browser before it.
import { execFileSync } from 'node:child_process';
import { createReadStream, existsSync } from 'node:fs';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { extname, join } from 'node:path';
import { chromium, type Browser } from 'playwright-core';
import { FakeCloud } from '../fake/cloud.ts';
import { FakeScreens } from '../fake/rfb.ts';
import { serve } from '../fake/serve.ts';

const TYPES: Readonly<Record<string, string>> = { '.js': 'text/javascript', '.css': 'text/css', '.svg': 'image/svg+xml', '.html': 'text/html; charset=utf-8', '.woff2': 'font/woff2' };

/** As ConsoleFiles.java sends it; the walk on a real site sees the real one. */
const POLICY =
  "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data: blob:; font-src 'self' data:; connect-src 'self'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'";

export const BUILT = 'target/classes/META-INF/resources';

/** Builds the console unless it is built as it is. */
export function build(): void {
  execFileSync('node', ['build/build.mjs', BUILT], { stdio: 'pipe' });
}

export function chrome(): Promise<Browser> {
  return chromium.launch({ executablePath: process.env['CHROMIUM'] ?? '/usr/bin/chromium', args: ['--no-sandbox', '--disable-gpu', '--disable-background-networking'] });
}

export interface Site {
  address: string;
  cloud: FakeCloud;
  screens: FakeScreens;
  close: () => void;
}

export async function site(): Promise<Site> {
  const cloud = new FakeCloud();
  cloud.pace = 0;
  const screens = new FakeScreens();
  const handlers: ((request: IncomingMessage, response: ServerResponse, next: () => void) => void)[] = [];
  serve({ use: (handler) => handlers.push(handler) }, cloud);
  const server: Server = createServer((request, response) => handlers[0]?.(request, response, () => file(request, response)));
  server.on('upgrade', (request, socket) => screens.upgrade(request, socket));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return { address: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, cloud, screens, close: () => server.close() };
}

function file(request: IncomingMessage, response: ServerResponse): void {
  const { pathname } = new URL(request.url ?? '/', 'http://console');
  const wanted = join(BUILT, pathname);
  const path = extname(pathname) ? wanted : join(BUILT, 'index.html');
  if (!existsSync(path)) {
    response.writeHead(404).end();
    return;
  }
  const packed = existsSync(`${path}.br`);
  response.writeHead(200, {
    'content-type': TYPES[extname(path)] ?? 'application/octet-stream',
    'content-security-policy': POLICY,
    // Kept, as the real ones are: else every page loads and compiles all of its parts again.
    'cache-control': pathname.startsWith('/assets/') ? 'public, max-age=31536000, immutable' : 'no-cache',
    ...(packed ? { 'content-encoding': 'br' } : {}),
  });
  createReadStream(packed ? `${path}.br` : path).pipe(response);
}

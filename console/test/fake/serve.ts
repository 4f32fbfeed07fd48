// Puts the fake cloud behind an HTTP server's middleware chain.
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { FakeCloud } from './cloud';

type Next = () => void;
interface Chain {
  use: (handler: (request: IncomingMessage, response: ServerResponse, next: Next) => void) => void;
}

const API = /^\/(compute|network|image|service|identity)\//;

export function serve(chain: Chain, cloud: FakeCloud): void {
  chain.use((request, response, next) => {
    const url = new URL(request.url ?? '/', 'http://fake');
    if (!API.test(url.pathname)) {
      next();
      return;
    }
    if (url.pathname === '/service/v1/changes') {
      response.writeHead(200, { 'content-type': 'text/event-stream', 'cache-control': 'no-store' });
      const end = cloud.changes.follow((text) => response.write(text));
      response.on('close', end);
      return;
    }
    if (request.method !== 'GET') setTimeout(() => cloud.changes.tellEverything(), 100);
    const parts: Buffer[] = [];
    request.on('data', (part: Buffer) => parts.push(part));
    request.on('end', () => {
      const text = Buffer.concat(parts).toString();
      const json = request.headers['content-type']?.includes('json') ? (JSON.parse(text) as unknown) : text;
      const reason = String(request.headers['x-unkai-reason'] ?? '');
      const answer = cloud.answer({ method: request.method ?? 'GET', path: url.pathname, query: url.searchParams, body: json, reason });
      response.writeHead(answer.status, { 'content-type': 'application/json', 'x-openstack-request-id': 'req-fake' });
      response.end(answer.body === undefined ? '' : JSON.stringify(answer.body));
    });
  });
}

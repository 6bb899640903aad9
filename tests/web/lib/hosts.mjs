// Where a bundle and a page that embeds it may come from: hosts with and without headers, under any path, and a blog on
// another site. "localhost" and "127.0.0.1" are two sites to a browser.

import { createServer } from 'node:http';
import { isolation, serve } from '../../../tools/serve.mjs';
import { dist } from './server.mjs';

export { isolation };
export const coopCoep = Object.fromEntries(Object.entries(isolation).filter(([name]) => name !== 'Document-Isolation-Policy'));
export const dipOnly = { 'Document-Isolation-Policy': isolation['Document-Isolation-Policy'] };
export const none = {};

// The bundle. `path` is where it lies, "/repo/" for instance. `requests` has every path that was asked for;
// `broken(path)` answers with a 404 where it is true; `replaced(path)` may give other content.
export async function startHost({ headers = none, path = '/', root = dist } = {}) {
  const host = { requests: [], broken: () => false, replaced: () => null };
  const { url, close } = await serve({
    root,
    headers,
    intercept(request, response) {
      host.requests.push(request.url);
      const refuse = !request.url.startsWith(path) || host.broken(request.url);
      const other = refuse ? null : host.replaced(request.url);
      if (refuse || other !== null) {
        response.writeHead(refuse ? 404 : 200, { 'Content-Type': refuse ? 'text/plain' : other.type, 'Cache-Control': 'no-cache', ...headers });
        response.end(refuse ? 'Not found.\n' : other.body);
        return true;
      }
      request.url = `/${request.url.slice(path.length)}`;
      return false;
    },
  });
  return Object.assign(host, { url: url.replace(/\/$/, path), close });
}

// Somebody's blog: pages by path, as HTML.
export function startBlog(pages, { headers = {} } = {}) {
  const server = createServer((request, response) => {
    const { pathname } = new URL(request.url, 'http://localhost');
    const body = pages[pathname];
    const type = pathname.endsWith('.css') ? 'text/css' : 'text/html';
    response.writeHead(body === undefined ? 404 : 200, { 'Content-Type': `${type}; charset=utf-8`, ...headers });
    response.end(body ?? '');
  });
  return new Promise((resolve) => {
    server.listen(0, '127.0.0.1', () => resolve({
      url: `http://localhost:${server.address().port}`,
      close: () => new Promise((done) => {
        server.close(done);
        server.closeAllConnections?.();
      }),
    }));
  });
}

export const page = (body) => `<!doctype html><html lang="en"><head><meta charset="utf-8"><title>A blog</title></head><body>${body}</body></html>`;

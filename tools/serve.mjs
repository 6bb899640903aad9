// Serves a folder on loopback with the headers that threads in a browser need (cross-origin isolation).
//
//   node tools/serve.mjs [--root dist] [--port 8080]
//   import { serve } from '../tools/serve.mjs';  const { url, close } = await serve({ root, port: 0 });
import { createReadStream, existsSync, realpathSync, statSync } from 'node:fs';
import { createServer } from 'node:http';
import { dirname, extname, join, resolve, sep } from 'node:path';
import { fileURLToPath } from 'node:url';

// The one set that works at top level and embedded, in every browser that has threads at all.
export const isolation = {
  'Cross-Origin-Opener-Policy': 'same-origin',
  'Cross-Origin-Embedder-Policy': 'require-corp',
  'Cross-Origin-Resource-Policy': 'cross-origin',
  'Document-Isolation-Policy': 'isolate-and-require-corp',
};

const types = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.mjs': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.json': 'application/json; charset=utf-8',
  '.md': 'text/markdown; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.webp': 'image/webp',
  '.txt': 'text/plain; charset=utf-8',
  '.wasm': 'application/wasm',
  '.ttf': 'font/ttf',
  '.woff2': 'font/woff2',
};

const bundle = resolve(dirname(fileURLToPath(import.meta.url)), '../dist');

// Port 0 takes any free one. `headers` replaces the isolation headers (to see what a plain host gives).
// `intercept(request, response)` may answer itself and return true.
export function serve({ root = bundle, port = 0, headers = isolation, intercept = () => false } = {}) {
  const server = createServer((request, response) => {
    if (intercept(request, response)) return;
    answer(request, response, resolve(root), headers);
  });
  return new Promise((done, fail) => {
    server.once('error', fail);
    server.listen(port, '127.0.0.1', () => {
      const url = `http://127.0.0.1:${server.address().port}/`;
      const close = () => new Promise((closed) => {
        server.close(closed);
        server.closeAllConnections?.();
      });
      done({ url, server, close });
    });
  });
}

function answer(request, response, root, headers) {
  const refuse = (status, text) => {
    response.writeHead(status, { ...headers, 'Content-Type': 'text/plain; charset=utf-8' });
    response.end(`${text}\n`);
  };
  if (request.method !== 'GET' && request.method !== 'HEAD') return refuse(405, 'Only GET and HEAD.');
  let path;
  try {
    path = decodeURIComponent(new URL(request.url, 'http://localhost').pathname);
  } catch {
    return refuse(400, 'Malformed address.');
  }
  let file = join(root, path);
  if (path.includes('\0')) return refuse(400, 'Malformed address.');
  if (existsSync(file) && statSync(file).isDirectory()) file = join(file, 'index.html');
  if (!existsSync(file)) return refuse(404, 'Not found.');
  // A link must not lead out of the folder.
  file = realpathSync(file);
  if (!file.startsWith(realpathSync(root) + sep)) return refuse(404, 'Not found.');
  response.writeHead(200, {
    ...headers,
    'Content-Type': types[extname(file)] ?? 'application/octet-stream',
    'Content-Length': statSync(file).size,
    'Cache-Control': 'no-cache',
    'X-Content-Type-Options': 'nosniff',
  });
  if (request.method === 'HEAD') return response.end();
  createReadStream(file).on('error', () => response.destroy()).pipe(response);
}

async function main(argv) {
  const options = { root: bundle, port: 8080 };
  for (let i = 0; i < argv.length; i += 2) {
    if (argv[i] === '--root') options.root = resolve(argv[i + 1] ?? '');
    else if (argv[i] === '--port') options.port = Number(argv[i + 1]);
    else throw new Error(`tools/serve.mjs knows --root and --port, not "${argv[i]}".`);
  }
  if (!Number.isInteger(options.port) || options.port < 0 || options.port > 65535) {
    throw new Error('--port wants a number from 0 to 65535.');
  }
  if (!existsSync(options.root)) throw new Error(`${options.root} is missing: run tools/play.`);
  try {
    const { url } = await serve(options);
    console.log(`Interleave is at ${url} (Ctrl-C ends it)`);
  } catch (error) {
    if (error.code === 'EADDRINUSE') throw new Error(`Port ${options.port} is taken: pass another one with --port.`);
    if (error.code === 'EACCES') throw new Error(`Port ${options.port} needs rights that you lack: pass one above 1023 with --port.`);
    throw error;
  }
}

if (process.argv[1] && realpathSync(process.argv[1]) === fileURLToPath(import.meta.url)) {
  main(process.argv.slice(2)).catch((error) => {
    console.error(`error: ${error.message}`);
    process.exit(1);
  });
}

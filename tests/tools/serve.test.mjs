// tools/serve.mjs: the headers that threads need, right types, and nothing outside the folder.
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { get } from 'node:http';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { after, before, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { serve } from '../../tools/serve.mjs';

const script = join(dirname(fileURLToPath(import.meta.url)), '../../tools/serve.mjs');
let folder;
let server;

before(async () => {
  folder = mkdtempSync(join(tmpdir(), 'interleave-serve-'));
  mkdirSync(join(folder, 'site'));
  writeFileSync(join(folder, 'secret.txt'), 'secret');
  writeFileSync(join(folder, 'site/index.html'), '<!doctype html>');
  writeFileSync(join(folder, 'site/a.wasm'), 'wasm');
  writeFileSync(join(folder, 'site/a.mjs'), 'export {};');
  symlinkSync(join(folder, 'secret.txt'), join(folder, 'site/link.txt'));
  server = await serve({ root: join(folder, 'site') });
});

after(async () => {
  await server.close();
  rmSync(folder, { recursive: true });
});

// Not fetch(), which would tidy the path before asking.
function ask(path, options = {}) {
  const { port } = new URL(server.url);
  return new Promise((done, fail) => {
    get({ host: '127.0.0.1', port, path, ...options }, (response) => {
      let body = '';
      response.on('data', (data) => (body += data)).on('end', () => done({ status: response.statusCode, headers: response.headers, body }));
    }).on('error', fail);
  });
}

test('every answer, an error too, carries the four isolation headers', async () => {
  for (const path of ['/', '/a.wasm', '/a.mjs', '/missing']) {
    const { headers } = await ask(path);
    assert.equal(headers['cross-origin-opener-policy'], 'same-origin', path);
    assert.equal(headers['cross-origin-embedder-policy'], 'require-corp', path);
    assert.equal(headers['cross-origin-resource-policy'], 'cross-origin', path);
    assert.equal(headers['document-isolation-policy'], 'isolate-and-require-corp', path);
  }
});

test('types are those that browsers insist on', async () => {
  assert.match((await ask('/')).headers['content-type'], /^text\/html/);
  assert.equal((await ask('/a.wasm')).headers['content-type'], 'application/wasm');
  assert.match((await ask('/a.mjs')).headers['content-type'], /^text\/javascript/);
});

test('nothing outside the folder is served', async () => {
  for (const path of ['/../secret.txt', '/%2e%2e/secret.txt', '/..%2fsecret.txt', '/link.txt', '/%00', '/%E0%A4%A']) {
    const { status, body } = await ask(path);
    assert.ok(status === 404 || status === 400, `${path}: ${status}`);
    assert.ok(!body.includes('secret'), path);
  }
});

test('only GET and HEAD are answered', async () => {
  assert.equal((await ask('/', { method: 'POST' })).status, 405);
  assert.equal((await ask('/', { method: 'HEAD' })).status, 200);
});

test('a taken port is told in one sentence', () => {
  const { port } = new URL(server.url);
  const { status, stderr } = spawnSync(process.execPath, [script, '--root', join(folder, 'site'), '--port', port], { encoding: 'utf8' });
  assert.equal(status, 1);
  assert.equal(stderr, `error: Port ${port} is taken: pass another one with --port.\n`);
});

test('a bad argument is told in one sentence', () => {
  for (const args of [['--port', 'x'], ['--port', '70000'], ['--speed', '9'], ['--root', join(folder, 'none')]]) {
    const { status, stderr } = spawnSync(process.execPath, [script, ...args], { encoding: 'utf8' });
    assert.equal(status, 1, args.join(' '));
    assert.match(stderr, /^error: .+\.\n$/);
  }
});

// The bundle as it is laid out: nothing points outside or nowhere, everything that may be kept has its content in its
// address, and what travels is there compressed. And nginx serves it as its example says.

import assert from 'node:assert/strict';
import { spawn, spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { cpSync, existsSync, mkdtempSync, readFileSync, readdirSync, rmSync, statSync, symlinkSync, writeFileSync } from 'node:fs';
import { get } from 'node:http';
import { tmpdir } from 'node:os';
import { dirname, join, relative, resolve } from 'node:path';
import { after, before, describe, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { brotliDecompressSync, gunzipSync } from 'node:zlib';
import { checkWeights } from '../../tools/lib/weight.mjs';
import { isolation } from '../../tools/serve.mjs';

const root = join(dirname(fileURLToPath(import.meta.url)), '../..');
const dist = join(root, 'dist');
const built = existsSync(join(dist, 'index.html'));

function walk(folder) {
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) =>
    entry.isDirectory() ? walk(join(folder, entry.name)) : [relative(dist, join(folder, entry.name))]);
}

describe('the bundle', { skip: built ? false : 'dist/ is not built: run tools/play --build-only' }, () => {
  const files = built ? walk(dist) : [];
  const pages = files.filter((name) => name.endsWith('.html'));
  const read = (name) => readFileSync(join(dist, name), 'utf8');
  const app = files.map((name) => name.split('/')[0]).find((name) => name.startsWith('app-'));

  test('every link, script, style and picture of every page is there', () => {
    assert.ok(pages.length >= 24, `${pages.length} pages`);
    for (const page of pages) {
      const text = read(page);
      const targets = [...text.matchAll(/\s(?:href|src|srcset|poster|content)="([^"]*)"/g)].map(([, target]) => target)
        .filter((target) => /^(\.{0,2}\/|[\w-]+\/|\?|#)/.test(target) && !/^\w+\/\w+$/.test(target));
      for (const target of targets) {
        const [path, fragment] = target.replaceAll('&amp;', '&').split('#');
        const where = resolve(dist, dirname(page), path.split('?')[0]);
        const file = path === '' ? join(dist, page) : existsSync(where) && statSync(where).isDirectory() ? join(where, 'index.html') : where;
        assert.ok(file.startsWith(dist), `${page} points outside: ${target}`);
        assert.ok(existsSync(file), `${page} points to ${target}, which is not there`);
        if (fragment) assert.match(readFileSync(file, 'utf8'), new RegExp(`id="${fragment}"`), `${page}: ${target}`);
      }
    }
  });

  test('nothing comes from another host, and no page has a script or a style in it', () => {
    for (const page of pages) {
      const text = read(page);
      // Links that a reader may follow lead anywhere.
      const fetched = [...text.matchAll(/<(?:script|link|img|iframe)\b[^>]*\s(?:src|href)="([^"]*)"/g)].map(([, target]) => target);
      assert.deepEqual(fetched.filter((target) => /^(\w+:)?\/\//.test(target)), [], page);
      assert.doesNotMatch(text, /<style|\sstyle=|<script(?![^>]*\ssrc=)|\son\w+="/, page);
      assert.match(text, /http-equiv="Content-Security-Policy" content="default-src 'none'/, page);
    }
  });

  test('an address that changes with the content: another byte, another name', () => {
    assert.match(app, /^app-[0-9a-f]{10}$/);
    const hash = createHash('sha256');
    const own = files.filter((name) => name.startsWith(`${app}/`) && !/\.(br|gz)$/.test(name)).map((name) => join(dist, name)).sort();
    // The folder had the name "app" when it was hashed.
    for (const file of own) hash.update(`${relative(dist, file).replace(app, 'app')}\0`).update(readFileSync(file));
    assert.equal(app, `app-${hash.digest('hex').slice(0, 10)}`);
  });

  test('what travels lies there compressed, and unpacks to the same', () => {
    for (const name of files.filter((one) => /\.(html|m?js|css|json|svg|txt|ttf|wasm)$/.test(one))) {
      const bytes = readFileSync(join(dist, name));
      assert.ok(brotliDecompressSync(readFileSync(join(dist, `${name}.br`))).equals(bytes), name);
      assert.ok(gunzipSync(readFileSync(join(dist, `${name}.gz`))).equals(bytes), name);
    }
  });

  test('a reader downloads no more than the limits', (t) => {
    const { lines, over } = checkWeights(dist, app);
    for (const line of lines) t.diagnostic(line);
    assert.equal(over, false, lines.join('\n'));
  });

  test('nothing is left to fill in, and the licences name every part', () => {
    for (const name of files.filter((one) => /\.(html|m?js)$/.test(one) && !/interleave[^/]*\.mjs$/.test(one))) {
      assert.doesNotMatch(read(name), /@[A-Z]{4,}@/, name);
    }
    const licences = read('licences.txt');
    const { devDependencies: { pretendard } } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));
    const sources = readFileSync(join(root, 'tools/lib/packages.sh'), 'utf8');
    const versionOf = (name) => sources.match(new RegExp(`"${name} \\w+ \\S+ (\\S+) `))[1];
    for (const part of [`Dear ImGui ${versionOf('imgui')}`, `SDL ${versionOf('SDL2')}`, `JSON for Modern C++ ${versionOf('json')}`, `Pretendard ${pretendard}`]) {
      assert.ok(licences.includes(part), `web/licences.txt does not name ${part}`);
    }
  });

  test('the examples for hosts send the headers that tools/serve.mjs sends', () => {
    for (const example of [join(root, 'docs/hosting/nginx.conf'), join(root, 'docs/hosting/Caddyfile'), join(dist, '_headers')]) {
      const text = readFileSync(example, 'utf8');
      for (const [name, value] of Object.entries(isolation)) assert.match(text, new RegExp(`${name}:? "?${value}"?`), `${example}: ${name}`);
    }
  });
});

describe('the bundle for a place that is known', { skip: built ? false : 'dist/ is not built' }, () => {
  let folder;
  before(() => {
    folder = mkdtempSync(join(tmpdir(), 'interleave-site-'));
    cpSync(join(root, 'web'), join(folder, 'web'), { recursive: true });
    cpSync(join(root, 'index.html'), join(folder, 'index.html'));
    symlinkSync(join(root, 'build'), join(folder, 'build'));
  });
  after(() => rmSync(folder, { recursive: true, force: true }));

  const bundle = (...given) => spawnSync(process.execPath, [join(root, 'tools/lib/bundle.mjs'), ...given], { encoding: 'utf8' });

  test('its lessons name themselves and their pictures by whole addresses, and all else stays relative', () => {
    const { status, stderr } = bundle(folder, '--site', 'https://example.org/play');
    assert.equal(status, 0, stderr);
    const page = readFileSync(join(folder, 'dist/lessons/ko/counter/index.html'), 'utf8');
    assert.match(page, /<link rel="canonical" href="https:\/\/example\.org\/play\/lessons\/ko\/counter\/">/);
    const [, picture] = page.match(/"og:image" content="https:\/\/example\.org\/play\/([^"]+)"/);
    assert.ok(existsSync(join(folder, 'dist', picture)), picture);
    assert.deepEqual(page.match(/<(?:script|link rel="(?:icon|stylesheet)"|iframe|img)[^>]*https:[^>]*>/g), null);
    assert.equal(readFileSync(join(folder, 'dist/index.html'), 'utf8').includes('example.org'), false);
  });

  test('what is no address of a folder is told in a sentence, and nothing is made', () => {
    for (const wrong of ['', 'example.org', 'ftp://example.org/', 'https://', 'https://example.org/?a=1', 'https://example.org/#a']) {
      const play = spawnSync(join(root, 'tools/play'), ['--site', wrong], { encoding: 'utf8' });
      for (const { status, stderr } of [bundle(folder, `--site=${wrong}`), play]) {
        assert.equal(status, 1, wrong);
        assert.match(stderr, /^error: --site wants the address where the pages will lie, such as [^\n]+\.\n$/);
      }
    }
  });
});

describe('nginx with the example', { skip: built && existsSync('/usr/sbin/nginx') ? false : 'nginx or dist/ is missing' }, () => {
  let folder;
  let server;
  const port = 18_000 + (process.pid % 2000);
  before(async () => {
    folder = mkdtempSync(join(tmpdir(), 'interleave-nginx-'));
    const modules = '/usr/lib/nginx/modules/ngx_http_brotli_static_module.so';
    const brotli = existsSync(modules);
    const site = readFileSync(join(root, 'docs/hosting/nginx.conf'), 'utf8')
      .replace('listen 8080;', `listen 127.0.0.1:${port};`)
      .replace('/srv/interleave', dist)
      .replace(/ *brotli_static on;\n/, brotli ? '  brotli_static on;\n' : '');
    const temporary = ['client_body', 'proxy', 'fastcgi', 'uwsgi', 'scgi'].map((name) => `${name}_temp_path ${folder}/${name};`).join('\n');
    writeFileSync(join(folder, 'nginx.conf'), `${brotli ? `load_module ${modules};\n` : ''}daemon off;\npid ${folder}/pid;\nerror_log stderr;\nuser root;\nevents {}\nhttp {\naccess_log off;\n${temporary}\n${site}\n}\n`);
    const checked = spawnSync('/usr/sbin/nginx', ['-t', '-c', join(folder, 'nginx.conf')], { encoding: 'utf8' });
    assert.equal(checked.status, 0, checked.stderr);
    server = spawn('/usr/sbin/nginx', ['-c', join(folder, 'nginx.conf')], { stdio: 'ignore' });
    for (let tries = 0; tries < 100; tries += 1) {
      if (await ask('/').catch(() => null)) return;
      await new Promise((resolve_) => setTimeout(resolve_, 50));
    }
    assert.fail('nginx does not answer');
  });
  after(() => {
    server?.kill();
    rmSync(folder, { recursive: true, force: true });
  });

  function ask(path, encoding = 'identity') {
    return new Promise((done, fail) => {
      get({ host: '127.0.0.1', port, path, headers: { 'Accept-Encoding': encoding } }, (response) => {
        response.resume();
        response.once('end', () => done(response));
      }).once('error', fail);
    });
  }

  test('headers, types, what may be kept, and the compressed files', async () => {
    const app = readdirSync(dist).find((name) => name.startsWith('app-'));
    for (const [path, type, cache] of [
      ['/', 'text/html; charset=utf-8', 'no-cache'],
      ['/v1/interleave-playground.js', 'text/javascript; charset=utf-8', 'no-cache'],
      [`/${app}/interleave.wasm`, 'application/wasm', 'public, max-age=31536000, immutable'],
      [`/${app}/web/main.mjs`, 'text/javascript; charset=utf-8', 'public, max-age=31536000, immutable'],
      ['/v1/poster/counter-light-en.webp', 'image/webp', 'no-cache'],
    ]) {
      const { statusCode, headers } = await ask(path);
      assert.deepEqual([statusCode, headers['content-type'], headers['cache-control']], [200, type, cache], path);
      for (const [name, value] of Object.entries(isolation)) assert.equal(headers[name.toLowerCase()], value, `${path}: ${name}`);
    }
    assert.equal((await ask(`/${app}/interleave.wasm`, 'gzip')).headers['content-encoding'], 'gzip');
    if (existsSync('/usr/lib/nginx/modules/ngx_http_brotli_static_module.so')) {
      assert.equal((await ask(`/${app}/interleave.wasm`, 'br, gzip')).headers['content-encoding'], 'br');
    }
  });
});

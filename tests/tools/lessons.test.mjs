// Every lesson is a page in both languages, found and read without a script.
import assert from 'node:assert/strict';
import { mkdtempSync, readFileSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { after, before, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { languages, parseLesson, renderLessons, shortened } from '../../tools/lib/lessons.mjs';

const root = join(dirname(fileURLToPath(import.meta.url)), '../..');
const ids = readdirSync(join(root, 'web/lessons/en')).map((name) => name.replace('.md', ''));
let out;
let written;

before(() => {
  out = mkdtempSync(join(tmpdir(), 'interleave-lessons-'));
  written = renderLessons({ root, out, app: 'app-0', version: '0', posters: (id, theme, lang) => `app-0/web/posters/${id}-${theme}-${lang}.webp` });
});
after(() => rmSync(out, { recursive: true }));

const read = (name) => readFileSync(join(out, name), 'utf8');
const one = (text, pattern) => {
  const found = [...text.matchAll(new RegExp(pattern, 'g'))];
  assert.equal(found.length, 1, `${found.length} of ${pattern}`);
  return found[0][1];
};

test('there is a page of each lesson in each language, and the course has all of them', () => {
  assert.deepEqual(readdirSync(join(root, 'web/lessons/ko')).map((name) => name.replace('.md', '')), ids);
  const pages = languages.flatMap((lang) => [`lessons/${lang}/index.html`, ...ids.map((id) => `lessons/${lang}/${id}/index.html`)]);
  assert.deepEqual(written.sort(), pages.sort());
  for (const lang of languages) {
    for (const id of ids) assert.ok(read(`lessons/${lang}/index.html`).includes(`href="${id}/"`), `${lang}: the course lacks ${id}`);
  }
});

test('each page says what it is: title, description, social card, language, one heading above all', () => {
  const titles = new Set();
  for (const name of written) {
    const text = read(name);
    titles.add(one(text, '<title>([^<]+)</title>'));
    const description = one(text, '<meta name="description" content="([^"]+)">');
    assert.ok(description.length >= 20 && description.length <= 170, `${name}: ${description}`);
    assert.equal(one(text, '<meta property="og:description" content="([^"]+)">'), description);
    one(text, '<meta property="og:title" content="([^"]+)">');
    one(text, '<meta property="og:image" content="([^"]+)">');
    one(text, '<meta name="twitter:card" content="([^"]+)">');
    one(text, '<link rel="alternate" hreflang="(\\w\\w)"');
    assert.equal(one(text, '<html lang="(\\w\\w)">'), name.split('/')[1]);
    one(text, '<h1>([^]*?)</h1>');
  }
  assert.equal(titles.size, written.length);
});

test('a guess comes before what there is to see, and all of it can be read without a script', () => {
  for (const lang of languages) {
    for (const id of ids) {
      const text = read(`lessons/${lang}/${id}/index.html`);
      const [guess, rest] = [text.indexOf('class="guess"'), text.indexOf('<details id="rest" open>')];
      assert.ok(guess > 0 && rest > guess, `${lang}/${id}`);
      assert.ok(text.slice(rest).split('<section>').length >= 4, `${lang}/${id}: what to see, why, and what to try next`);
      assert.ok(text.slice(0, rest).includes('class="try"'), `${lang}/${id}: something to try`);
    }
  }
});

test('Markdown of ours is all that becomes HTML', () => {
  const { sections, title, description } = parseLesson('# A\n\n## Q\n\nx <script>x</script> `a<b` [t](?workload=counter&x="1")\n\n## G\n\ng\n', 'en');
  assert.equal(title, 'A');
  assert.ok(!sections[0].html.includes('<script>'));
  assert.match(sections[0].html, /a&lt;b/);
  assert.match(sections[0].html, /href="\.\.\/\.\.\/\.\.\/\?workload=counter&amp;x=&quot;1&quot;&amp;lang=en"/);
  assert.ok(!description.includes('`'));
  assert.equal(shortened('one two three', 9), 'one two…');
});

// Every lesson is a page in both languages, found and read without a script, and asks for a guess before it tells.
import assert from 'node:assert/strict';
import { existsSync, mkdtempSync, readFileSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { described, languages, parseLesson, renderLessons, shortened } from '../../tools/lib/lessons.mjs';

const root = join(dirname(fileURLToPath(import.meta.url)), '../..');
const ids = readdirSync(join(root, 'web/lessons/en')).map((name) => name.replace('.md', ''));
const app = 'app-0';
// The pictures are made by the browser tests; a workload that is new has none yet.
const poster = (id, theme, lang) => {
  const name = `web/posters/${id}-${theme}-${lang}.webp`;
  return existsSync(join(root, name)) ? `${app}/${name}` : null;
};
let out;
let written;

before(() => {
  out = mkdtempSync(join(tmpdir(), 'interleave-lessons-'));
  written = renderLessons({ root, out, app, posters: poster });
});
after(() => rmSync(out, { recursive: true }));

const read = (name) => readFileSync(join(out, name), 'utf8');
const lessonPages = () => languages.flatMap((lang) => ids.map((id) => ({ lang, id, name: `lessons/${lang}/${id}/index.html` })));
const all = (text, pattern) => [...text.matchAll(pattern)].map((match) => match[1]);
const one = (text, pattern) => {
  const found = all(text, new RegExp(pattern, 'g'));
  assert.equal(found.length, 1, `${found.length} of ${pattern}`);
  return found[0];
};
const unescaped = (text) => text.replace(/&lt;/g, '<').replace(/&gt;/g, '>').replace(/&quot;/g, '"').replace(/&amp;/g, '&');

// Where an address of a page leads, below the bundle's root: a file, and the query.
function target(name, address) {
  const { pathname, search, origin, href } = new URL(unescaped(address), `http://bundle/${name}`);
  assert.equal(origin, 'http://bundle', `${name} leads away: ${href}`);
  return { file: pathname.slice(1) + (pathname.endsWith('/') ? 'index.html' : ''), query: search };
}

// What the bundle lays beside the lessons.
function isLaidOut(file) {
  if (written.includes(file) || file === 'index.html') return true;
  if (file === 'v1/embed.html') return existsSync(join(root, 'web/embed/embed.html'));
  return file.startsWith(`${app}/web/`) && existsSync(join(root, file.slice(app.length + 1)));
}

test('there is a page of each lesson in each language, and the course has each of them once', () => {
  assert.deepEqual(readdirSync(join(root, 'web/lessons/ko')).map((name) => name.replace('.md', '')), ids);
  const overviews = languages.map((lang) => `lessons/${lang}/index.html`);
  assert.deepEqual([...written].sort(), [...overviews, ...lessonPages().map(({ name }) => name)].sort());
  const course = JSON.parse(readFileSync(join(root, 'web/lessons/course.json'), 'utf8'));
  assert.deepEqual(course.flatMap(({ lessons }) => lessons).sort(), ids);
  for (const lang of languages) {
    const text = read(`lessons/${lang}/index.html`);
    for (const { title, learn } of course) assert.ok(text.includes(title[lang]) && text.includes(learn[lang]), title[lang]);
    for (const id of ids) assert.ok(text.includes(`href="${id}/"`), `${lang}: the course lacks ${id}`);
  }
});

describe('each page', () => {
  test('says what it is: title, description, social card, language', () => {
    const titles = new Set();
    const descriptions = new Set();
    for (const name of written) {
      const text = read(name);
      const lang = name.split('/')[1];
      const title = one(text, '<title>([^<]+)</title>');
      const description = one(text, '<meta name="description" content="([^"]+)">');
      titles.add(title);
      descriptions.add(description);
      assert.ok(description.length >= 40 && unescaped(description).length <= 160, `${name}: ${description}`);
      assert.match(description, /[.?!…]$/, name);
      const property = (key) => one(text, `<meta property="og:${key}" content="([^"]+)">`);
      assert.equal(property('title'), title);
      assert.equal(property('description'), description);
      assert.equal(property('locale'), { en: 'en_US', ko: 'ko_KR' }[lang]);
      assert.equal(property('type'), name.split('/').length === 3 ? 'website' : 'article');
      const pictured = name.split('/').length === 3 || poster(name.split('/')[2], 'light', lang) !== null;
      if (pictured) {
        assert.match(target(name, property('image')).file, new RegExp(`-light-${lang}\\.webp$`));
        assert.equal(one(text, '<meta name="twitter:card" content="([^"]+)">'), 'summary_large_image');
      }
      assert.equal(one(text, '<html lang="(\\w\\w)">'), lang);
      assert.equal(target(name, one(text, '<link rel="canonical" href="([^"]+)">')).file, name);
      for (const language of [...languages, 'x-default']) {
        const alternate = one(text, `<link rel="alternate" hreflang="${language}" href="([^"]+)">`);
        assert.equal(target(name, alternate).file, name.replace(`/${lang}/`, `/${language === 'x-default' ? 'en' : language}/`));
      }
    }
    assert.equal(titles.size, written.length);
    assert.equal(descriptions.size, written.length);
  });

  test('has one heading above all, and the others in order', () => {
    for (const name of written) {
      const levels = all(read(name), /<h(\d)>/g).map(Number);
      assert.equal(levels[0], 1, name);
      assert.equal(levels.filter((level) => level === 1).length, 1, name);
      levels.forEach((level, at) => assert.ok(at === 0 || level <= levels[at - 1] + 1, `${name}: ${levels}`));
    }
  });

  test('leads only to what is there, in this bundle', () => {
    for (const name of written) {
      const addresses = [...all(read(name), /\b(?:href|src|srcset)="([^"]*)"/g), ...all(read(name), /og:image" content="([^"]*)"/g)];
      assert.ok(addresses.length > 8, name);
      for (const address of addresses) {
        const { file } = target(name, address);
        assert.ok(isLaidOut(file), `${name}: ${address} is ${file}, which is not there`);
      }
    }
  });

  test('keeps to its policy: no script and no style of its own, nothing from elsewhere', () => {
    for (const name of written) {
      const text = read(name);
      assert.match(one(text, '<meta http-equiv="Content-Security-Policy" content="([^"]+)">'), /^default-src 'none'; script-src 'self';/);
      for (const script of all(text, /<script([^>]*)>/g)) assert.match(script, / src="/, name);
      assert.doesNotMatch(text, /<style|\sstyle=|\son\w+=|javascript:|https?:|src="\/\//, name);
      const isLesson = name.split('/').length === 4;
      assert.equal(all(text, /<script([^>]*)>/g).length, isLesson ? 1 : 0, name);
    }
  });

  test('has code that can be scrolled with the keyboard, under a name', () => {
    for (const { name } of lessonPages()) {
      const blocks = all(read(name), /<pre([^>]*)>/g);
      assert.ok(blocks.length >= 2, name);
      for (const block of blocks) assert.match(block, /tabindex="0".*aria-label="[^"]+"/, name);
    }
  });
});

describe('a lesson', () => {
  test('asks for a guess before it tells, and all of it can be read without a script', () => {
    for (const { lang, id, name } of lessonPages()) {
      const text = read(name);
      const [guess, rest] = [text.indexOf('<form class="guess"'), text.indexOf('<details id="rest" open>')];
      assert.ok(guess > 0 && rest > guess, name);
      const form = text.slice(guess, text.indexOf('</form>'));
      assert.ok(one(form, '<legend>([^]*?)</legend>').trim().endsWith('?'), `${name}: a question`);
      assert.ok(all(form, /<input (type="radio" name="guess")/g).length >= 3, `${name}: a choice`);
      assert.equal(all(form, /(<label data-right>)/g).length, 1, `${name}: one answer that is right`);
      assert.match(form, /<button type="submit" hidden>/, `${name}: nothing to press where no script is`);
      assert.match(form, /<details class="answer">[^]*<p class="is-right">[^]*<p>/, `${name}: told without a script, too`);
      assert.ok(text.slice(rest).split('<section>').length >= 4, `${lang}/${id}: what to see, why, and what to try next`);
      assert.ok(text.slice(0, rest).includes('class="try"'), `${name}: something to try`);
    }
  });

  test('has the same guess in both languages', () => {
    const answers = (lang, id) => {
      const { guess } = parseLesson(readFileSync(join(root, `web/lessons/${lang}/${id}.md`), 'utf8'), lang);
      return guess.choices.map(({ right }) => right);
    };
    for (const id of ids) assert.deepEqual(answers('ko', id), answers('en', id), id);
  });

  test('opens what it links to in the playground, with and without scripts', () => {
    for (const { lang, id, name } of lessonPages()) {
      const markdown = readFileSync(join(root, `web/lessons/${lang}/${id}.md`), 'utf8');
      const wanted = all(markdown, /\]\(\?([^)]+)\)/g);
      const links = [...read(name).matchAll(/<a class="try" href="([^"]+)" data-query="([^"]+)">/g)];
      assert.deepEqual(links.map(([, , query]) => unescaped(query)), wanted, name);
      links.forEach(([, href], at) => {
        assert.deepEqual(target(name, href), { file: 'index.html', query: `?${wanted[at]}&lang=${lang}` });
      });
      const frame = target(name, one(read(name), '<iframe [^>]*src="([^"]+)"'));
      assert.equal(frame.file, 'v1/embed.html');
      assert.equal(new URLSearchParams(frame.query).get('workload'), id);
      assert.equal(new URLSearchParams(frame.query).get('lang'), lang);
    }
  });

  test('follows and is followed in the order of the course', () => {
    for (const lang of languages) {
      const seen = [];
      for (let name = `lessons/${lang}/subprocess/index.html`; name; ) {
        seen.push(name);
        const [next] = all(read(name), /<a rel="next" class="next" href="([^"]+)"/g);
        const following = next && target(name, next).file;
        if (following) assert.equal(target(following, one(read(following), '<a rel="prev" class="previous" href="([^"]+)"')).file, name);
        name = following;
      }
      assert.equal(seen.length, ids.length);
    }
  });
});

test('where the place of the pages is known, addresses for those who look from elsewhere are whole', () => {
  const elsewhere = join(out, 'elsewhere');
  renderLessons({ root, out: elsewhere, app, posters: poster, site: 'https://example.org/play/' });
  const text = readFileSync(join(elsewhere, 'lessons/ko/counter/index.html'), 'utf8');
  assert.equal(one(text, '<link rel="canonical" href="([^"]+)">'), 'https://example.org/play/lessons/ko/counter/');
  assert.equal(one(text, 'hreflang="en" href="(http[^"]+)"'), 'https://example.org/play/lessons/en/counter/');
  assert.equal(one(text, '"og:image" content="([^"]+)"'), `https://example.org/play/${poster('counter', 'light', 'ko')}`);
});

test('without a picture there is none on the card', () => {
  const bare = join(out, 'bare');
  renderLessons({ root, out: bare, app, posters: () => null });
  for (const name of ['lessons/en/index.html', 'lessons/en/counter/index.html']) {
    const text = readFileSync(join(bare, name), 'utf8');
    assert.doesNotMatch(text, /og:image|\.webp/);
    assert.equal(one(text, '<meta name="twitter:card" content="([^"]+)">'), 'summary');
  }
});

const lesson = (guess, more = '') => `# A & B\n\n## Q\n\nx ${more}\n\n## G\n\n${guess}\n\n## T\n\nt\n\n## S\n\ns\n`;
const guess = 'Known.\n\nWhat?\n\n- [ ] `a<b`\n- [x] right\n- [ ] other\n\n> Since *so*.';

test('Markdown of ours is all that becomes HTML', () => {
  const more = '<script>x</script> `a<b` [t](?workload=counter&x="1")\n\n```python\n## no heading: <b>\n```';
  const { sections, title, guess: asked } = parseLesson(lesson(guess, more), 'en');
  assert.equal(title, 'A & B');
  assert.equal(sections.length, 4);
  assert.ok(!sections[0].html.includes('<script>'));
  assert.match(sections[0].html, /a&lt;b/);
  assert.match(sections[0].html, /href="\.\.\/\.\.\/\.\.\/\?workload=counter&amp;x=&quot;1&quot;&amp;lang=en"/);
  assert.match(sections[0].html, /## no heading: &lt;b&gt;/);
  assert.deepEqual(asked, {
    before: '<p>Known.</p>',
    question: 'What?',
    choices: [{ html: '<code>a&lt;b</code>', right: false }, { html: 'right', right: true }, { html: 'other', right: false }],
    answer: '<p>Since <em>so</em>.</p>',
  });
});

test('a guess that cannot be asked is told, with what is wanted', () => {
  for (const [what, text] of [
    ['no answers', 'What?\n\n> So.'],
    ['none is right', guess.replace('[x]', '[ ]')],
    ['two are right', guess.replace('[ ] other', '[x] other')],
    ['an item without a box', guess.replace('[ ] other', 'other')],
    ['too few', guess.replace('- [ ] other\n', '')],
    ['no reason', guess.replace('> ', '')],
    ['no question', guess.replace('Known.\n\nWhat?\n\n', '')],
  ]) {
    assert.throws(() => parseLesson(lesson(text), 'en'), /must end with a question, three or more answers/, what);
  }
  assert.throws(() => parseLesson('# A\n\n## Q\n\nx\n', 'en'), /a question, a guess/);
  assert.throws(() => parseLesson('no title\n', 'en'), /its title/);
});

test('descriptions are whole sentences, or else end with a word', () => {
  assert.equal(described('One two. Three four? Five six.', 24), 'One two. Three four?');
  assert.equal(described('It takes 0.5 s. More.', 16), 'It takes 0.5 s.');
  assert.equal(described('Yes. But then a long one that has no end at all', 24), 'Yes. But then a long…');
  assert.equal(shortened('one two three', 9), 'one two…');
  assert.equal(shortened('one two', 9), 'one two');
});

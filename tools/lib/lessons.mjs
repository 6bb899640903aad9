// The lessons as pages: web/lessons/<lang>/<id>.md beside a playground, and an overview that makes a course of them.
// Addresses are relative, since the bundle works from any path.
//
//   node lessons.mjs OUT      to try it out

import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { Marked } from 'marked';
import { lessonPage, overviewPage } from './lesson_template.mjs';

export const languages = ['en', 'ko'];
// Sections stand in this order in every lesson: what is asked, a guess, what to try; then what to see, and why.
const guessAt = 1;
const seenFrom = 3;

export const escaped = (text) => text.replace(/[&<>"]/g, (c) => ({ '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' })[c]);

// At most so many characters, ending with a word.
export function shortened(text, most) {
  if (text.length <= most) return text;
  return `${text.slice(0, text.lastIndexOf(' ', most - 1)).replace(/[\s,;:.]+$/, '')}…`;
}

function renderer(lang) {
  return new Marked({
    renderer: {
      // None is ours.
      html: ({ text }) => escaped(text),
      code: ({ text, lang: language }) => `<pre tabindex="0" role="region" aria-label="${escaped(language ?? 'code')}"><code>${escaped(text)}</code></pre>\n`,
      link({ href, tokens }) {
        const text = this.parser.parseInline(tokens);
        if (!href.startsWith('?')) return `<a href="${escaped(href)}">${text}</a>`;
        return `<a class="try" href="../../../${escaped(href)}&amp;lang=${lang}" data-query="${escaped(href.slice(1))}">${text}</a>`;
      },
    },
  });
}

// { title, description, sections: [{ title, html }] }; what stands before the first heading belongs to the first section.
export function parseLesson(markdown, lang) {
  const marked = renderer(lang);
  const [head, ...parts] = markdown.split(/^## /m);
  const [, title] = head.match(/^# (.+)$/m);
  const before = head.replace(/^# .+$/m, '').trim();
  const sections = parts.map((part) => {
    const [heading, ...rest] = part.split('\n');
    return { title: heading.trim(), text: rest.join('\n').trim() };
  });
  const plain = `${before} ${sections[0].text}`.replace(/[`*]/g, '').replace(/\[([^\]]*)\]\([^)]*\)/g, '$1').replace(/\s+/g, ' ').trim();
  return {
    title,
    description: shortened(plain, 160),
    intro: before ? marked.parse(before) : '',
    sections: sections.map(({ title: name, text }) => ({ title: marked.parseInline(name), html: marked.parse(text) })),
  };
}

// Writes the pages below `out` and returns their names there. `app` is the folder with the hashed assets; `posters(workload,
// theme, lang)` a picture's name below `out`, or null.
export function renderLessons({ root, out, app, version, posters }) {
  const folder = join(root, 'web/lessons');
  const course = JSON.parse(readFileSync(join(folder, 'course.json'), 'utf8'));
  const order = course.flatMap(({ lessons }) => lessons);
  const written = [];
  const write = (name, text) => {
    mkdirSync(dirname(join(out, name)), { recursive: true });
    writeFileSync(join(out, name), text);
    written.push(name);
  };
  for (const lang of languages) {
    const lessons = Object.fromEntries(order.map((id) => [id, parseLesson(readFileSync(join(folder, lang, `${id}.md`), 'utf8'), lang)]));
    order.forEach((id, at) => {
      const neighbour = (index) => (order[index] ? { id: order[index], title: lessons[order[index]].title } : null);
      write(`lessons/${lang}/${id}/index.html`, lessonPage({
        id, lang, app, version, lesson: lessons[id], guessAt, seenFrom,
        poster: posters(id, 'light', lang), previous: neighbour(at - 1), next: neighbour(at + 1),
      }));
    });
    write(`lessons/${lang}/index.html`, overviewPage({ lang, app, version, course, lessons, posters }));
  }
  return written;
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const root = join(dirname(fileURLToPath(import.meta.url)), '../..');
  renderLessons({ root, out: process.argv[2], app: 'app-0', version: '0', posters: () => null });
}

// The lessons as pages: web/lessons/<lang>/<id>.md beside a playground, and an overview that makes a course of them.
//
// Addresses are relative, since the bundle works from any path of any host. That holds for the canonical address and
// the social card's picture, too, although those who fetch cards want whole ones: whoever knows where the pages will
// lie says so as `site`, and these are whole.
//
//   node lessons.mjs OUT [SITE]     to try it out

import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { Marked } from 'marked';
import { codeBlock, escaped, lessonPage, overviewPage, tryLink } from './lesson_template.mjs';

export const languages = ['en', 'ko'];
// Sections stand in this order in every lesson: what is asked, a guess, what to try; then what to see, and why.
const guessAt = 1;
const seenFrom = 3;

// At most so many characters, ending with a word.
export function shortened(text, most) {
  if (text.length <= most) return text;
  return `${text.slice(0, text.lastIndexOf(' ', most - 1)).replace(/[\s,;:.]+$/, '')}…`;
}

// As many whole sentences as have room; where that is next to nothing, as many words.
export function described(text, most = 160) {
  let out = '';
  for (const sentence of text.split(/(?<=[.?!]) /)) {
    const longer = out === '' ? sentence : `${out} ${sentence}`;
    if (longer.length > most) break;
    out = longer;
  }
  return out.length >= most / 3 ? out : shortened(text, most);
}

function reader(lang) {
  const marked = new Marked({
    renderer: {
      // None is ours.
      html: ({ text }) => escaped(text),
      code: ({ text, lang: language }) => codeBlock(text, language, lang),
      link({ href, tokens }) {
        const text = this.parser.parseInline(tokens);
        return href.startsWith('?') ? tryLink(href.slice(1), text, lang) : `<a href="${escaped(href)}">${text}</a>`;
      },
    },
  });
  return {
    tokens: (text) => marked.lexer(text),
    html: (tokens) => marked.parser(tokens, marked.defaults).trim(),
    inline: (text) => marked.parseInline(text),
  };
}

// Without marks: for a description.
function plain(tokens) {
  const said = (token) => {
    if (token.tokens) return token.tokens.map(said).join('');
    return token.text ?? '';
  };
  return tokens.filter(({ type }) => type === 'paragraph').map(said).join(' ').replace(/\s+/g, ' ').trim();
}

// The section to guess in: what is known, a question in a paragraph of its own, a list of answers as
// "- [ ] wrong" and "- [x] right", and what to say of it as a quotation.
function guessOf(tokens, { html, inline }) {
  const parts = tokens.filter(({ type }) => type !== 'space');
  const [question, list, answer] = parts.slice(-3);
  const fine = parts.length >= 3 && question.type === 'paragraph' && list.type === 'list' && answer.type === 'blockquote' &&
    list.items.length > 2 && list.items.every(({ task }) => task) && list.items.filter(({ checked }) => checked).length === 1;
  if (!fine) {
    throw new Error('the section to guess in must end with a question, three or more answers as "- [ ] ...", one of them ' +
      '"- [x] ...", and a quotation that tells why.');
  }
  return {
    before: html(parts.slice(0, -3)),
    question: inline(question.text),
    choices: list.items.map(({ text, checked }) => ({ html: inline(text), right: checked })),
    answer: html(answer.tokens),
  };
}

// { title, description, intro, sections: [{ title, html }], guess }; intro is what stands before the first section.
export function parseLesson(markdown, lang) {
  const read = reader(lang);
  const tokens = read.tokens(markdown);
  const [head, ...rest] = tokens;
  if (head?.type !== 'heading' || head.depth !== 1) throw new Error('a lesson begins with "# " and its title.');
  const intro = [];
  const sections = [];
  for (const token of rest) {
    if (token.type === 'heading' && token.depth === 2) sections.push({ title: read.inline(token.text), tokens: [] });
    else (sections.at(-1)?.tokens ?? intro).push(token);
  }
  if (sections.length <= seenFrom) throw new Error('a lesson has a question, a guess, what to try, what to see, and why.');
  return {
    title: head.text,
    description: described(plain(sections[0].tokens)),
    intro: read.html(intro),
    sections: sections.map(({ title, tokens: own }) => ({ title, html: read.html(own) })),
    guess: guessOf(sections[guessAt].tokens, read),
    guessAt,
    seenFrom,
  };
}

function lessonOf(folder, lang, id) {
  try {
    return parseLesson(readFileSync(join(folder, lang, `${id}.md`), 'utf8'), lang);
  } catch (error) {
    throw new Error(`web/lessons/${lang}/${id}.md: ${error.message}`);
  }
}

// Writes the pages below `out` and returns their names there. `app` is the folder with the hashed assets;
// `posters(workload, theme, lang)` a picture's name below `out`, or null; `site` the whole address of `out`, where it
// is known.
export function renderLessons({ root, out, app, posters, site = null }) {
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
    const lessons = Object.fromEntries(order.map((id) => [id, lessonOf(folder, lang, id)]));
    const common = { lang, app, posters, site };
    order.forEach((id, at) => {
      const neighbour = (index) => (order[index] ? { id: order[index], title: lessons[order[index]].title } : null);
      const number = course.findIndex(({ lessons: ids }) => ids.includes(id)) + 1;
      write(`lessons/${lang}/${id}/index.html`, lessonPage({
        ...common, id, number, lesson: lessons[id], previous: neighbour(at - 1), next: neighbour(at + 1),
      }));
    });
    write(`lessons/${lang}/index.html`, overviewPage({ ...common, course, lessons, first: order[0] }));
  }
  return written;
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const [, , out, site] = process.argv;
  if (!out) {
    console.error('usage: node lessons.mjs OUT [SITE]');
    process.exit(2);
  }
  const root = join(dirname(fileURLToPath(import.meta.url)), '../..');
  console.log(renderLessons({ root, out, app: 'app-0', posters: () => null, site }).join('\n'));
}

// The pages that lessons.mjs fills in.

const words = {
  course: { en: 'A course in concurrency', ko: '동시성 강좌' },
  courseNote: {
    en: 'Nine chapters, each with a playground beside it: guess, run it, see what happens, and read why. With code in Python and in C++.',
    ko: '아홉 장으로 된 강좌입니다. 곁에 놓인 놀이터에서 먼저 맞혀 보고, 돌려 보고, 눈으로 확인한 다음 까닭을 읽습니다. 코드는 파이썬과 C++로 보여 줍니다.',
  },
  begin: { en: 'Begin with the first lesson', ko: '첫 수업부터 시작' },
  overview: { en: 'All lessons', ko: '모든 수업' },
  playground: { en: 'The playground', ko: '놀이터' },
  other: { en: '한국어', ko: 'English' },
  chapter: { en: 'Chapter {number}', ko: '{number}장' },
  see: { en: 'See', ko: '확인하기' },
  answer: { en: 'The answer', ko: '답' },
  right: { en: 'That is right', ko: '맞았습니다' },
  wrong: { en: 'Not quite', ko: '아쉽지만 아닙니다' },
  isRight: { en: 'the right answer', ko: '맞는 답' },
  rest: { en: 'What to see, and why', ko: '볼 것과 까닭' },
  frame: { en: 'Playground: {title}', ko: '놀이터: {title}' },
  open: { en: 'Open this playground in the whole window', ko: '이 놀이터를 창 전체에 열기' },
  guessed: { en: 'Your guess', ko: '내 생각' },
  noGuess: { en: 'None yet', ko: '아직 없음' },
  thisRun: { en: 'This run', ko: '이번 실행' },
  noRun: { en: 'Not run yet', ko: '아직 실행하지 않음' },
  turn: { en: 'Lessons before and after', ko: '앞뒤 수업' },
  previous: { en: 'Previous', ko: '이전' },
  next: { en: 'Next', ko: '다음' },
  code: { en: '{name} code', ko: '{name} 코드' },
};
const languageNames = { python: { en: 'Python', ko: '파이썬' }, cpp: { en: 'C++', ko: 'C++' } };

const policy = [
  "default-src 'none'", "script-src 'self'", "style-src 'self'", "img-src 'self' data:", "frame-src 'self'", "font-src 'self'",
  "base-uri 'none'", "form-action 'none'",
].join('; ');
const other = (lang) => (lang === 'en' ? 'ko' : 'en');
const say = (pair, lang, values = {}) => pair[lang].replace(/\{(\w+)\}/g, (_, name) => String(values[name]));

export const escaped = (text) => text.replace(/[&<>"]/g, (c) => ({ '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' })[c]);

// Lines are long: the block scrolls by itself, with the keyboard, too, and so it needs a name.
export function codeBlock(text, language, lang) {
  const name = languageNames[language]?.[lang] ?? language ?? '';
  return `<figure class="code"><figcaption>${escaped(name)}</figcaption>` +
    `<pre tabindex="0" role="group" aria-label="${escaped(say(words.code, lang, { name }))}"><code>${escaped(text)}</code></pre></figure>\n`;
}

// Opens the whole page; where scripts run, it goes into the frame beside the lesson.
export function tryLink(query, html, lang) {
  return `<a class="try" href="../../../?${escaped(query)}&amp;lang=${lang}" data-query="${escaped(query)}">${html}</a>`;
}

function socialCard({ up, site, poster, title, description, lang, type }) {
  const image = poster && (site ? new URL(poster, site).href : up + poster);
  return [
    `<meta property="og:type" content="${type}">`,
    `<meta property="og:site_name" content="Interleave">`,
    `<meta property="og:title" content="${escaped(title)}">`,
    `<meta property="og:description" content="${escaped(description)}">`,
    `<meta property="og:locale" content="${lang === 'ko' ? 'ko_KR' : 'en_US'}">`,
    ...(image ? [`<meta property="og:image" content="${escaped(image)}">`] : []),
    `<meta name="twitter:card" content="${image ? 'summary_large_image' : 'summary'}">`,
  ].join('\n  ');
}

// `up` leads to the bundle's root; `own` is the page's name below lessons/<lang>/.
function page({ lang, app, up, own, site, title, description, poster, type, style, script = '', body }) {
  const here = (language) => (site ? new URL(`lessons/${language}/${own}`, site).href : `${up}lessons/${language}/${own}`);
  return `<!doctype html>
<html lang="${lang}">
<head>
  <meta charset="utf-8">
  <meta http-equiv="Content-Security-Policy" content="${policy}">
  <title>${escaped(title)}</title>
  <meta name="description" content="${escaped(description)}">
  <meta name="viewport" content="width=device-width, initial-scale=1">
  <meta name="color-scheme" content="light dark">
  ${socialCard({ up, site, poster, title, description, lang, type })}
  <link rel="canonical" href="${here(lang)}">
  <link rel="alternate" hreflang="en" href="${here('en')}">
  <link rel="alternate" hreflang="ko" href="${here('ko')}">
  <link rel="alternate" hreflang="x-default" href="${here('en')}">
  <link rel="icon" href="${up}${app}/web/icon.svg" type="image/svg+xml">
  <link rel="stylesheet" href="${up}${app}/web/${style}.css">${script && `\n  <script type="module" src="${up}${app}/web/${script}.mjs"></script>`}
</head>
<body>
${header({ lang, app, up, own })}
${body}
</body>
</html>
`;
}

function header({ lang, app, up, own }) {
  return `  <header>
    <a class="brand" href="${up}?lang=${lang}"><img src="${up}${app}/web/icon.svg" alt="" width="20" height="20">Interleave</a>
    <nav aria-label="Interleave">
      <a href="${up}lessons/${lang}/"${own === '' ? ' aria-current="page"' : ''}>${words.overview[lang]}</a>
      <a href="${up}?lang=${lang}">${words.playground[lang]}</a>
      <a href="${up}lessons/${other(lang)}/${own}" lang="${other(lang)}" hreflang="${other(lang)}">${words.other[lang]}</a>
    </nav>
  </header>`;
}

// Without scripts the answer can be unfolded; with them it comes with the button.
function guessForm({ before, question, choices, answer }, lang) {
  const choice = ({ html, right }, at) => `<label${right ? ' data-right' : ''}><input type="radio" name="guess" value="${at}" required>` +
    `<span class="choice">${html}</span>${right ? `<span class="mark" hidden>${words.isRight[lang]}</span>` : ''}</label>`;
  return `${before}
      <form class="guess" autocomplete="off">
        <fieldset>
          <legend>${question}</legend>
          ${choices.map(choice).join('\n          ')}
        </fieldset>
        <button type="submit" hidden>${words.see[lang]}</button>
        <details class="answer">
          <summary data-right="${words.right[lang]}" data-wrong="${words.wrong[lang]}">${words.answer[lang]}</summary>
          <p class="is-right">${choices.find(({ right }) => right).html}</p>
          ${answer}
        </details>
      </form>`;
}

function playground({ id, title, up, lang }) {
  return `<section class="beside" aria-label="${words.playground[lang]}">
        <iframe id="playground" src="${up}v1/embed.html?workload=${id}&amp;lang=${lang}&amp;theme=auto" title="${escaped(say(words.frame, lang, { title }))}" loading="lazy" allow="cross-origin-isolated; clipboard-write; fullscreen"></iframe>
        <dl class="notes" hidden>
          <div><dt>${words.guessed[lang]}</dt><dd id="guessed">${words.noGuess[lang]}</dd></div>
          <div><dt>${words.thisRun[lang]}</dt><dd id="this-run" aria-live="polite">${words.noRun[lang]}</dd></div>
        </dl>
        <p class="elsewhere"><a href="${up}?workload=${id}&amp;lang=${lang}">${words.open[lang]}</a></p>
      </section>`;
}

export function lessonPage({ id, number, lang, app, site, lesson, posters, previous, next }) {
  const up = '../../../';
  const section = ({ title, html }, at) => `<section>
        <h2>${title}</h2>
        ${at === lesson.guessAt ? guessForm(lesson.guess, lang) : html}
      </section>`;
  const sections = lesson.sections.map(section);
  const turn = (target, rel) => (target ? `<a rel="${rel === 'previous' ? 'prev' : rel}" class="${rel}" href="../${target.id}/"><span>${words[rel][lang]}</span>${escaped(target.title)}</a>` : '');
  const body = `  <main class="lesson">
    <article>
      <div class="first">
      <p class="chapter"><a href="../">${words.course[lang]}</a> · ${say(words.chapter, lang, { number })}</p>
      <h1>${escaped(lesson.title)}</h1>
      ${lesson.intro}
      ${sections.slice(0, lesson.seenFrom).join('\n      ')}
      </div>
      ${playground({ id, title: lesson.title, up, lang })}
      <div class="then">
      <details id="rest" open>
        <summary>${words.rest[lang]}</summary>
      ${sections.slice(lesson.seenFrom).join('\n      ')}
      </details>
      <nav class="turn" aria-label="${words.turn[lang]}">${turn(previous, 'previous')}${turn(next, 'next')}</nav>
      </div>
    </article>
  </main>`;
  const title = `${lesson.title} · Interleave`;
  return page({ lang, app, up, own: `${id}/`, site, title, description: lesson.description, poster: posters(id, 'light', lang), type: 'article', style: 'course/lesson', script: 'course/lesson', body });
}

function card({ id, up, lang, title, posters }) {
  const [light, dark] = ['light', 'dark'].map((theme) => posters(id, theme, lang));
  const darkly = dark ? `<source srcset="${up}${dark}" media="(prefers-color-scheme: dark)">` : '';
  const picture = light ? `<picture>${darkly}<img src="${up}${light}" alt="" width="760" height="480" loading="lazy"></picture>` : '';
  return `<li><a href="${id}/">${picture}<span>${escaped(title)}</span></a></li>`;
}

export function overviewPage({ lang, app, site, course, lessons, posters, first }) {
  const up = '../../';
  const chapter = ({ title, learn, lessons: ids }) => `<li>
        <div>
          <h2>${escaped(title[lang])}</h2>
          <p>${escaped(learn[lang])}</p>
        </div>
        <ul>${ids.map((id) => card({ id, up, lang, title: lessons[id].title, posters })).join('')}</ul>
      </li>`;
  const body = `  <main class="overview">
    <h1>${words.course[lang]}</h1>
    <p class="lead">${words.courseNote[lang]}</p>
    <p class="ways"><a class="main" href="${first}/">${words.begin[lang]}</a><a href="${up}?lang=${lang}">${words.playground[lang]}</a></p>
    <ol>
      ${course.map(chapter).join('\n      ')}
    </ol>
  </main>`;
  const title = `${words.course[lang]} · Interleave`;
  return page({ lang, app, up, own: '', site, title, description: words.courseNote[lang], poster: posters('pipeline', 'light', lang), type: 'website', style: 'course/course', body });
}

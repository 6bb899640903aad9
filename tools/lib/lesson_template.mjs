// The pages that lessons.mjs fills in.

import { escaped } from './lessons.mjs';

const words = {
  course: { en: 'A course in concurrency', ko: '동시성 강좌' },
  courseNote: {
    en: 'Nine chapters, each with a playground beside it: guess, run, see, and read why. Python and C++ side by side.',
    ko: '장 아홉 개, 곁에는 놀이터 하나씩. 맞혀 보고, 돌려 보고, 눈으로 확인한 다음 까닭을 읽습니다. 파이썬과 C++를 나란히 놓았습니다.',
  },
  overview: { en: 'All lessons', ko: '모든 수업' },
  playground: { en: 'The playground', ko: '놀이터' },
  other: { en: '한국어', ko: 'English' },
  guess: { en: 'Your guess', ko: '내 생각' },
  guessNote: { en: 'It stays on this page. A few words will do.', ko: '이 페이지에만 남습니다. 몇 마디면 됩니다.' },
  see: { en: 'See whether it is so', ko: '맞는지 보기' },
  rest: { en: 'What to see, and why', ko: '볼 것과 까닭' },
  open: { en: 'Open the playground of this lesson', ko: '이 수업의 놀이터 열기' },
  frame: { en: 'Playground: {title}', ko: '놀이터: {title}' },
  guessed: { en: 'You guessed', ko: '내 생각' },
  thisRun: { en: 'This run', ko: '이번 실행' },
  previous: { en: 'Before', ko: '이전' },
  next: { en: 'Next', ko: '다음' },
  chapter: { en: 'Lesson', ko: '수업' },
};

const policy = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; frame-src 'self'; base-uri 'none'; form-action 'none'";
const other = (lang) => (lang === 'en' ? 'ko' : 'en');

// `up` leads to the bundle's root; `own` is the page's name below lessons/<lang>/.
function page({ lang, app, up, own, title, description, poster, body }) {
  const image = poster ? `\n  <meta property="og:image" content="${up}${poster}">\n  <meta name="twitter:card" content="summary_large_image">` : '\n  <meta name="twitter:card" content="summary">';
  return `<!doctype html>
<html lang="${lang}">
<head>
  <meta charset="utf-8">
  <title>${escaped(title)}</title>
  <meta name="description" content="${escaped(description)}">
  <meta name="viewport" content="width=device-width, initial-scale=1">
  <meta name="color-scheme" content="light dark">
  <meta http-equiv="Content-Security-Policy" content="${policy}">
  <meta property="og:title" content="${escaped(title)}">
  <meta property="og:description" content="${escaped(description)}">
  <meta property="og:type" content="article">
  <meta property="og:locale" content="${lang === 'ko' ? 'ko_KR' : 'en_US'}">${image}
  <link rel="alternate" hreflang="${other(lang)}" href="${up}lessons/${other(lang)}/${own}">
  <link rel="icon" href="${up}${app}/web/icon.svg" type="image/svg+xml">
  <link rel="stylesheet" href="${up}${app}/web/lesson.css">
  <script type="module" src="${up}${app}/web/lesson.mjs"></script>
</head>
<body>
${body}
</body>
</html>
`;
}

function header(lang, up, own) {
  return `  <header>
    <a class="brand" href="${up}?lang=${lang}"><img src="${up}APP/web/icon.svg" alt="" width="20" height="20"> Interleave</a>
    <nav aria-label="Interleave">
      <a href="${own === '' ? './' : '../'}"${own === '' ? ' aria-current="page"' : ''}>${words.overview[lang]}</a>
      <a href="${up}?lang=${lang}">${words.playground[lang]}</a>
      <a href="${up}lessons/${other(lang)}/${own}" lang="${other(lang)}" hreflang="${other(lang)}">${words.other[lang]}</a>
    </nav>
  </header>`;
}

function guessForm(lang) {
  return `<form class="guess" hidden>
      <label for="guess">${words.guess[lang]}</label>
      <input id="guess" maxlength="200" autocomplete="off" aria-describedby="guess-note">
      <button type="submit">${words.see[lang]}</button>
      <p id="guess-note" class="note">${words.guessNote[lang]}</p>
    </form>`;
}

export function lessonPage({ id, lang, app, lesson, guessAt, seenFrom, poster, previous, next }) {
  const up = '../../../';
  const section = ({ title, html }, at) => `<section>
      <h2>${title}</h2>
      ${html.trim()}
      ${at === guessAt ? guessForm(lang) : ''}
    </section>`;
  const sections = lesson.sections.map(section);
  const link = (target, text) => (target ? `<a href="../${target.id}/"><span>${text}</span> ${escaped(target.title)}</a>` : '<span></span>');
  const frame = `${up}v1/embed.html?workload=${id}&amp;lang=${lang}&amp;theme=auto`;
  const body = `${header(lang, up, `${id}/`).replace('APP', app)}
  <main>
    <article>
      <h1>${escaped(lesson.title)}</h1>
      ${lesson.intro.trim()}
      ${sections.slice(0, seenFrom).join('\n      ')}
      <section id="outcome" class="outcome" aria-live="polite" hidden>
        <p><span>${words.guessed[lang]}</span> <q id="outcome-guess"></q></p>
        <p><span>${words.thisRun[lang]}</span> <strong id="outcome-headline"></strong> <span id="outcome-sentence"></span></p>
      </section>
      <details id="rest" open>
        <summary>${words.rest[lang]}</summary>
      ${sections.slice(seenFrom).join('\n      ')}
      </details>
      <nav class="turn" aria-label="${words.chapter[lang]}">${link(previous, words.previous[lang])}${link(next, words.next[lang])}</nav>
    </article>
    <aside>
      <iframe id="playground" src="${frame}" title="${escaped(words.frame[lang].replace('{title}', lesson.title))}" loading="lazy" allow="cross-origin-isolated; clipboard-write; fullscreen"></iframe>
      <p class="elsewhere"><a href="${up}?workload=${id}&amp;lang=${lang}">${words.open[lang]}</a></p>
    </aside>
  </main>`;
  return page({ lang, app, up, own: `${id}/`, title: `${lesson.title} · Interleave`, description: lesson.description, poster, body });
}

export function overviewPage({ lang, app, course, lessons, posters }) {
  const up = '../../';
  const chapters = course.map(({ title, learn, lessons: ids }) => `<li>
        <h2>${escaped(title[lang])}</h2>
        <p>${escaped(learn[lang])}</p>
        <ul>${ids.map((id) => {
    const picture = posters(id, 'light', lang);
    return `<li><a href="${id}/">${picture ? `<img src="${up}${picture}" alt="" width="190" height="120" loading="lazy">` : ''}<span>${escaped(lessons[id].title)}</span></a></li>`;
  }).join('')}</ul>
      </li>`);
  const body = `${header(lang, up, '').replace('APP', app)}
  <main class="overview">
    <h1>${words.course[lang]}</h1>
    <p class="lead">${words.courseNote[lang]}</p>
    <ol>
      ${chapters.join('\n      ')}
    </ol>
  </main>`;
  return page({ lang, app, up, own: '', title: `${words.course[lang]} · Interleave`, description: words.courseNote[lang], poster: posters('pipeline', 'light', lang), body });
}

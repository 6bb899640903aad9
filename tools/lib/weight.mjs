// What a reader downloads may weigh so much and no more: with gzip, which every server has, and with brotli, which the
// better ones have. KB are thousands of bytes.
import { existsSync, readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';

const encodings = { gzip: 'gz', brotli: 'br' };

// As it travels: what is not compressed lies there as it is.
function weigh(root, names) {
  const sum = (end) => names.reduce((total, name) => {
    const packed = join(root, `${name}.${end}`);
    return total + statSync(existsSync(packed) ? packed : join(root, name)).size / 1000;
  }, 0);
  return Object.fromEntries(Object.entries(encodings).map(([how, end]) => [how, sum(end)]));
}

const scripts = (root, folder) => readdirSync(join(root, folder), { recursive: true })
  .filter((name) => /\.(mjs|js|css)$/.test(name) && !/^(course|embed)\b/.test(name))
  .map((name) => `${folder}/${name.replaceAll('\\', '/')}`);

// What is fetched before the first frame and for a first run, by what the reader does: Hangul only by who reads Korean,
// a child process's program only by the workloads that have one.
export function loads(root, app) {
  const web = scripts(root, `${app}/web`);
  const page = ['index.html', `${app}/files.json`, `${app}/web/icon.svg`, ...web];
  const languages = [
    { language: 'English', fonts: [], brotli: 800 },
    { language: 'Korean', fonts: ['pretendard-regular', 'pretendard-semibold'].map((name) => `${app}/${name}.ttf`), brotli: 900 },
  ];
  const builds = [{ threads: 'with threads', name: 'interleave' }, { threads: 'without threads', name: 'interleave-nothreads' }];
  const pages = languages.flatMap(({ language, fonts, brotli }) => builds.map(({ threads, name }) => ({
    what: `The page in ${language} and a first run, ${threads}`,
    files: [...page, ...fonts, `${app}/${name}.mjs`, `${app}/${name}.wasm`],
    limits: { gzip: 1200, brotli },
  })));
  const poster = ['v1/embed.html', `${app}/web/embed/embed.js`, `${app}/web/embed/embed.css`];
  const heaviest = readdirSync(join(root, 'v1/poster'))
    .map((name) => `v1/poster/${name}`)
    .sort((one, other) => statSync(join(root, other)).size - statSync(join(root, one)).size)
    .slice(0, 1);
  return [
    ...pages,
    { what: "The element's script", files: ['v1/interleave-playground.js'], limits: { gzip: 5 } },
    { what: 'A poster page with the heaviest picture', files: [...poster, ...heaviest], limits: { gzip: 30 } },
  ];
}

// A line for each, and whether one is over its limit.
export function checkWeights(root, app) {
  let over = false;
  const lines = loads(root, app).map(({ what, files, limits }) => {
    const weight = weigh(root, files);
    const parts = Object.keys(encodings).map((how) => {
      const limit = limits[how];
      if (limit !== undefined && weight[how] > limit) over = true;
      return `${weight[how].toFixed(limit !== undefined && limit < 100 ? 1 : 0)}${limit === undefined ? '' : ` of ${limit}`} KB with ${how}`;
    });
    return `${what}: ${parts.join(', ')}`;
  });
  return { lines, over };
}

// Just enough reading of the pages in docs/ for the tests: their tables, and what they name of the tree.

// The rows of the tables whose heading begins with these cells, each as a list of cells.
export function rowsOf(text, ...heading) {
  const rows = [];
  let inside = false;
  for (const line of text.split('\n')) {
    const cells = line.startsWith('|') ? line.slice(1, line.lastIndexOf('|')).split('|').map((cell) => cell.trim()) : null;
    if (!cells) inside = false;
    else if (inside && !cells.every((cell) => /^:?-+:?$/.test(cell))) rows.push(cells);
    else if (heading.every((word, at) => cells[at] === word)) inside = true;
  }
  return rows;
}

// The words of a cell; the ticks around names are left out.
export const wordsOf = (cell) => cell.replaceAll('`', '').split(/[\s,]+/).filter(Boolean);

// What stands in ticks, outside and inside of blocks of code, with its line.
export function ticked(text) {
  return text.split('\n').flatMap((line, at) => [...line.matchAll(/`([^`]+)`/g)].map(([, what]) => ({ what, line: at + 1 })));
}

const folders = /^(src|tests|tools|web|docs|cmake|bench|shaders|\.ci)\//;

// Places of the tree: `src/sim/schedule.h`, `src/stages/<id>/stage.cpp`, `web/mirror`. Those with a part to be filled
// in must be there for one value at least.
export function missingPlaces(text, paths) {
  const known = new Set(paths.flatMap((path) => path.split('/').map((_, at, parts) => parts.slice(0, at + 1).join('/'))));
  return ticked(text)
    .filter(({ what }) => folders.test(what) && !/[\s*]/.test(what))
    .filter(({ what }) => {
      const place = what.replace(/\/$/, '');
      if (!place.includes('<')) return !known.has(place);
      const pattern = new RegExp(`^${place.split(/<[^>]*>/).map((part) => part.replace(/[.+]/g, '\\$&')).join('[^/]+')}$`);
      return ![...known].some((path) => pattern.test(path));
    });
}

// Names of the code: `Machine::step`, `params_from<...>`, `start()`, `RunRequest`. Each part must be a word there.
export function missingNames(text, words) {
  const name = /^([A-Za-z_]\w*(?:::[A-Za-z_]\w*)*)(<[^`]*>)?(\([^`]*\))?$/;
  return ticked(text).flatMap(({ what, line }) => {
    const found = what.match(name);
    if (!found) return [];
    const [, path, , call] = found;
    const isName = path.includes('::') || call !== undefined || path.includes('_') || /^[A-Z]\w*[a-z]/.test(path);
    return isName ? path.split('::').filter((part) => !words.has(part)).map((part) => ({ what: part, line })) : [];
  });
}

// Links to files of the tree, from a page in this folder.
export function missingLinks(text, folder, paths) {
  const known = new Set(paths.flatMap((path) => path.split('/').map((_, at, parts) => parts.slice(0, at + 1).join('/'))));
  const links = [...text.matchAll(/\]\(([^)#\s]+)(#[^)]*)?\)/g)].map(([, target]) => target).filter((target) => !/^[a-z]+:/.test(target));
  return links.filter((target) => {
    const parts = [];
    for (const part of `${folder}/${target}`.split('/').filter((one) => one && one !== '.')) {
      if (part === '..') parts.pop();
      else parts.push(part);
    }
    return parts.length > 0 && !known.has(parts.join('/'));
  });
}

// Which files clang-tidy looks at for a change.

// At most so many in all, and for a header so many of those that include it: what is said of a header is said in each.
export const most = 40;
const eachHeader = 3;

// `sources` maps paths of src/ to text, `compiled` are the paths that can be looked at. Gives { files: Set, touched },
// where touched counts what a change can reach, chosen or not.
export function chooseFiles(sources, compiled, changed) {
  const includers = new Map();
  for (const [path, text] of sources) {
    for (const [, name] of text.matchAll(/^#include "([^"]+)"/gm)) {
      if (!includers.has(`src/${name}`)) includers.set(`src/${name}`, []);
      includers.get(`src/${name}`).push(path);
    }
  }
  const files = compiled.filter((path) => changed.includes(path));
  const reached = new Set(files);
  const more = [];
  for (const header of changed.filter((path) => path.endsWith('.h'))) {
    const near = nearest(header, includers).filter((path) => compiled.includes(path));
    for (const path of near) reached.add(path);
    more.push(...near.slice(0, eachHeader));
  }
  return { files: new Set([...files, ...more].slice(0, most)), touched: reached.size };
}

// What includes a header, directly first, its own .cpp before all.
function nearest(header, includers) {
  const own = header.replace(/\.h$/, '.cpp');
  const seen = new Set([header]);
  for (const path of seen) for (const next of includers.get(path) ?? []) seen.add(next);
  seen.delete(header);
  return [...seen].sort((one, other) => (other === own) - (one === own));
}

// Rules about what a reader of the tree has to put up with: comments too wide to read, and files that nobody uses.

const mostColumns = 120;
const isChecked = (path) => /^(src|tests|cmake|tools|web|bench)\/|CMakeLists\.txt$/.test(path)
  && /\.(h|cpp|c|mjs|js|css|py|sh|cmake|in|html)$|^tools\/[a-z-]+$|CMakeLists\.txt$/.test(path);
const inC = /^\s*(\/\/|\/\*|<!--)/;
const inScripts = /^\s*#(?!!)/;
const isComment = (path, line) => (/\.(h|cpp|c|in|mjs|js|css|html)$/.test(path) ? inC : inScripts).test(line);

function wideComments(files) {
  const found = [];
  for (const [path, text] of files) {
    if (!isChecked(path)) continue;
    let open = false;  // a comment that began on a line before
    text.split('\n').forEach((line, at) => {
      const columns = [...line].length;
      if (columns > mostColumns && (open || isComment(path, line))) found.push({ path, line: at + 1, what: `a comment of ${columns} columns` });
      open = (open || /^\s*\/\*/.test(line)) && !line.includes('*/');
    });
  }
  return found;
}

// What the build or a test finds by its folder, a person calls by its name, or a host reads.
const isFound = (path) => /\.test\.mjs$|^src\/workloads\/[a-z_]+\.py$|^tools\/[a-z-]+$|^web\/README\.md$/.test(path);
const isOurs = (path) => /^(src|tests|bench)\/.*\.h$|^(web|tools|cmake|tests)\/.*\.(mjs|js|css|html|cmake|in|sh|py|c|json)$|^shaders\//.test(path);

// Where another file names it: a header with its folder, everything else by its own name.
function namesOf(path) {
  const name = path.split('/').pop();
  if (/^(src|tests)\/.*\.h$/.test(path)) return [`"${path.replace(/^(src|tests)\//, '')}"`];
  if (path.startsWith('shaders/')) return [name.replace('.', '_')];
  if (path.startsWith('cmake/')) return [name.replace(/\.in$/, ''), `include(${name.replace(/\.cmake$/, '')})`];
  const stem = name.replace(/\.\w+$/, '');
  if (path.endsWith('.py')) return [name, `from ${stem} import`];
  // A page's style and script are named without what they end with.
  return [name, `'${path.split('/').slice(-2, -1)}/${stem}'`];
}

export const upkeep = {
  'no wide comments'(files) {
    return wideComments(files);
  },

  'no file that nobody uses'(files) {
    const found = [];
    for (const path of files.keys()) {
      if (!isOurs(path) || isFound(path)) continue;
      const names = namesOf(path);
      const used = [...files].some(([other, text]) => other !== path && names.some((name) => text.includes(name)));
      if (!used) found.push({ path, line: 1, what: 'no other file names it' });
    }
    return found;
  },
};

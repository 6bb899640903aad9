// node tidy.mjs [--all | --since COMMIT]: runs clang-tidy over src/, for tools/test: a line of JSON for each file. What
// was checked once, with the same preprocessed text and the same configuration, is not checked again.
//
// Without --all it looks at the files that a submission changes (tools/lib/git.mjs), and for a header at some of those
// that include it: tools/lib/tidy_choice.mjs.
import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { availableParallelism, cpus, homedir } from 'node:os';
import { dirname, join, relative, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs, promisify } from 'node:util';
import { changedInSubmission, changedSince } from './git.mjs';
import { chooseFiles, most } from './tidy_choice.mjs';

const root = resolve(dirname(fileURLToPath(import.meta.url)), '../..');
const database = join(root, 'build/release/compile_commands.json');
const known = join(process.env.XDG_CACHE_HOME ?? join(homedir(), '.cache'), 'interleave/tidy');
const call = promisify(execFile);

async function check({ command, directory, file }) {
  // Past the launcher, which is `cmake -E env ... ccache`. Quotes are written for a shell.
  const words = command.split(' ').filter(Boolean).map((word) => word.replace(/\\(["\\])/g, '$1'));
  const compiler = words.findIndex((word) => /(clang|g)\+\+[^/]*$/.test(word));
  const args = words.slice(compiler + 1).filter((word, at, all) => word !== '-c' && word !== '-o' && all[at - 1] !== '-o');
  const { stdout: text } = await call(words[compiler], [...args, '-E', '-P'], { cwd: directory, maxBuffer: 1 << 28 });
  const key = createHash('sha256').update(readFileSync(join(root, '.clang-tidy'))).update(text).update(relative(root, file)).digest('hex');
  const stamp = join(known, key);
  if (existsSync(stamp)) return '';
  try {
    await call('clang-tidy-19', ['--quiet', `-p=${dirname(database)}`, file], { cwd: root, maxBuffer: 1 << 26 });
  } catch (error) {
    return error.stdout || error.message;
  }
  writeFileSync(stamp, '');
  return '';
}

// The sources of src/ by path.
function readSources() {
  const files = readdirSync(join(root, 'src'), { recursive: true }).map((name) => `src/${name}`);
  return new Map(files.filter((path) => /\.(cpp|h)$/.test(path)).map((path) => [path, readFileSync(join(root, path), 'utf8')]));
}

// Of all files that are compiled, those to look at; what is left out is said.
function chosen(all) {
  const { values: { all: whole, since } } = parseArgs({ options: { all: { type: 'boolean' }, since: { type: 'string' } } });
  if (whole) return all;
  const change = since ? changedSince(root, since) : changedInSubmission(root);
  // Without a history there is nothing to choose by.
  if (!change || change.paths.includes('.clang-tidy')) return all;
  const { files, touched } = chooseFiles(readSources(), all.map(({ file }) => relative(root, file)), change.paths);
  const left = touched > files.size ? `, ${most} at most` : '';
  console.log(`note: ${files.size} of ${all.length} files: what has changed since ${change.from}${left}; tools/test --full looks at all.`);
  if (files.size === 0) console.log(JSON.stringify({ name: 'no source has changed', outcome: 'passed', text: '' }));
  return all.filter(({ file }) => files.has(relative(root, file)));
}

async function main() {
  mkdirSync(known, { recursive: true });
  const wanted = chosen(JSON.parse(readFileSync(database, 'utf8')).filter(({ file }) => relative(root, file).startsWith('src/')));
  let failures = 0;
  const worker = async () => {
    for (let entry = wanted.shift(); entry; entry = wanted.shift()) {
      const text = await check(entry);
      failures += text ? 1 : 0;
      console.log(JSON.stringify({ name: relative(root, entry.file), outcome: text ? 'failed' : 'passed', text }));
    }
  };
  await Promise.all(Array.from({ length: availableParallelism?.() ?? cpus().length }, worker));
  process.exitCode = failures > 0 ? 1 : 0;
}

await main();

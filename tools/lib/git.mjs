// What git says has changed, for the tools that look only at that.
import { execFileSync } from 'node:child_process';

function git(root, ...args) {
  return execFileSync('git', ['-C', root, ...args], { encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'], maxBuffer: 1 << 26 });
}

const linesOf = (text) => text.split('\n').filter(Boolean);

export function commitOf(root, name) {
  try {
    return git(root, 'rev-parse', '--verify', '--quiet', `${name}^{commit}`).trim();
  } catch {
    return null;
  }
}

// Paths that differ from a commit in the working tree: changed, added, removed, and not yet known to git.
function differing(root, commit) {
  return [...new Set([
    ...linesOf(git(root, 'diff', '--name-only', '--no-renames', commit)),
    ...linesOf(git(root, 'ls-files', '--others', '--exclude-standard')),
  ])].sort();
}

// Since a commit that is named, else since the last one; where nothing has changed since, what the last one changed.
// Gives { from, paths, commit }; throws one sentence where there is no such commit.
export function changedSince(root, base) {
  const commit = commitOf(root, base ?? 'HEAD');
  if (!commit) throw new Error(`git knows no commit "${base ?? 'HEAD'}" here.`);
  const paths = differing(root, commit);
  if (base || paths.length > 0) return { from: base ?? 'the last commit', paths, commit };
  const parent = commitOf(root, 'HEAD~1');
  if (!parent) return { from: 'the beginning', paths: linesOf(git(root, 'ls-files')) };
  return { from: 'the commit before the last', paths: differing(root, parent), commit: parent };
}

// What a submission changes: since where it left what has landed, if that can be known. Otherwise the last `most`
// commits stand for it. Gives { from, paths }, or null without a history.
export function changedInSubmission(root, most = 20) {
  const head = commitOf(root, 'HEAD');
  if (!head) return null;
  for (const landed of [process.env.INTERLEAVE_BASE, 'origin/main', 'origin/HEAD', 'main'].filter(Boolean)) {
    if (!commitOf(root, landed)) continue;
    let fork = null;
    try {
      fork = git(root, 'merge-base', 'HEAD', landed).trim();
    } catch {
      continue;
    }
    if (fork !== head) return { from: `where it left ${landed}`, paths: differing(root, fork) };
  }
  const commits = linesOf(git(root, 'rev-list', '--first-parent', `--max-count=${most + 1}`, 'HEAD'));
  if (commits.length < 2) return null;
  return { from: `${commits.length - 1} commits ago`, paths: differing(root, commits.at(-1)) };
}

// A workload is added in four places: a copy of the tree, with nothing else written, is configured, obeys the rules,
// has a course with its lesson, and compiles. With INTERLEAVE_FULL=1, as `tools/test --full` sets it, it is also built
// and run.
import assert from 'node:assert/strict';
import { execFileSync, spawnSync } from 'node:child_process';
import { cpSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { addTally, id } from './lib/tally.mjs';

const root = join(dirname(fileURLToPath(import.meta.url)), '../..');
const most = 4;

const filesOf = (folder) => execFileSync('git', ['ls-files', '-z', '--cached', '--others', '--exclude-standard'],
  { cwd: folder, encoding: 'utf8' }).split('\0').filter((path) => path && existsSync(join(folder, path)));

describe('a workload that is added', { concurrency: 1 }, () => {
  let copy;
  let places;
  const read = (path) => readFileSync(join(copy, path), 'utf8');
  const run = (command, ...args) => {
    // Not as a part of this test's own report.
    const env = { ...process.env, NODE_TEST_CONTEXT: undefined };
    const { status, stdout, stderr, error } = spawnSync(command, args, { cwd: copy, env, encoding: 'utf8', timeout: 1_500_000 });
    assert.equal(error, undefined);
    assert.equal(status, 0, `${command} ${args.join(' ')}\n${stdout.slice(-6000)}\n${stderr.slice(-6000)}`);
    return stdout;
  };

  before(() => {
    // Below the tree, so that its packages are found.
    mkdirSync(join(root, 'build'), { recursive: true });
    copy = mkdtempSync(join(root, 'build/adding-'));
    for (const path of filesOf(root)) {
      mkdirSync(join(copy, dirname(path)), { recursive: true });
      cpSync(join(root, path), join(copy, path));
    }
    run('git', 'init', '-q');
    places = addTally(read, (path, text) => writeFileSync(join(copy, path), text));
  });
  after(() => rmSync(copy, { recursive: true, force: true }));

  test('is written in four places', () => {
    assert.equal(places.length, most);
    const changed = filesOf(copy).filter((path) => !existsSync(join(root, path)) || read(path) !== readFileSync(join(root, path), 'utf8'));
    assert.deepEqual(changed.sort(), places.flat().sort());
  });

  test('obeys the rules of the tree', () => {
    run(process.execPath, '--test', 'tests/architecture/architecture.test.mjs');
  });

  test('has its lesson in the course', () => {
    run(process.execPath, '--test', 'tests/tools/lessons.test.mjs');
  });

  // The build's own functions, in a project without a compiler.
  function configured() {
    const small = join(copy, 'build/adding');
    mkdirSync(small, { recursive: true });
    writeFileSync(join(small, 'CMakeLists.txt'), `cmake_minimum_required(VERSION 3.25)
project(adding LANGUAGES NONE)
set(PROJECT_SOURCE_DIR "${copy}")
set(INTERLEAVE_GENERATED "${small}/generated")
set(INTERLEAVE_THREADS ON)
list(APPEND CMAKE_MODULE_PATH "${copy}/cmake")
include(Engines)
include(Invariants)
interleave_engines(engines live sim explore)
interleave_invariants(invariants)
`);
    run('cmake', '-S', small, '-B', join(small, 'build'));
    return join(small, 'generated');
  }

  test('is there for every engine, and so are its invariants', () => {
    const generated = configured();
    const text = (name) => readFileSync(join(generated, name), 'utf8');
    for (const engine of ['live', 'sim', 'explore']) {
      assert.ok(text('engines/registry.cpp').includes(`&${engine}::start<workloads::Tally>`), engine);
    }
    assert.ok(text('invariants_table.cpp').includes(`{"${id}", ${id}_invariants()}`));
    for (const file of [`${generated}/engines/${id}_sim.cpp`, `tests/workloads/${id}_invariants.cpp`]) {
      run('g++', '-std=c++20', '-fsyntax-only', '-Wall', '-Wextra', '-Werror', '-Isrc', '-Itests', `-I${generated}`, file);
    }
  });

  test('is built and tested with the rest', { skip: process.env.INTERLEAVE_FULL ? false : 'only with INTERLEAVE_FULL=1' }, () => {
    for (const name of ['node_modules', '.toolchain']) symlinkSync(join(root, name), join(copy, name));
    run('bash', '-c', '. tools/lib/common.sh && . tools/lib/build.sh && build_preset debug interleave unit_tests');
    const { workloads } = JSON.parse(run('build/debug/bin/interleave', 'list', '--json'));
    assert.equal(workloads.at(-1).id, id);
    assert.match(run('build/debug/bin/interleave', 'run', id, '--engine', 'sim', '--threads', '3'), /3 counted/);
    const told = run('build/debug/bin/unit_tests', `--gtest_filter=*/${id}*:Invariants.*:RacesOfWorkloads.With*`);
    assert.match(told, new RegExp(`Presets.*/${id}`));
  });
});

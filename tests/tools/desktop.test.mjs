// The desktop window opens, draws with OpenGL ES and takes a picture of itself, on a screen that is only memory.
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';

const program = join(dirname(fileURLToPath(import.meta.url)), '../../build/debug/bin/interleave_app');

function picture(...options) {
  const folder = mkdtempSync(join(tmpdir(), 'interleave-desktop-'));
  try {
    const file = join(folder, 'window.png');
    const { status, stderr, error } = spawnSync('xvfb-run', ['-a', '-s', '-screen 0 1280x900x24', program,
      '--screenshot', file, '--state', join(folder, 'state.json'), ...options],
    { encoding: 'utf8', timeout: 120_000, env: { ...process.env, LIBGL_ALWAYS_SOFTWARE: '1' } });
    assert.equal(error, undefined, 'xvfb-run is missing: run tools/bootstrap');
    assert.equal(status, 0, stderr);
    return { png: readFileSync(file), state: JSON.parse(readFileSync(join(folder, 'state.json'), 'utf8')) };
  } finally {
    rmSync(folder, { recursive: true });
  }
}

for (const [language, theme] of [['en', 'dark'], ['ko', 'light']]) {
  test(`a picture of the window: ${language}, ${theme}`, () => {
    const { png, state } = picture('--size', '1024x768', '--lang', language, '--theme', theme);
    assert.equal(png.toString('latin1', 1, 4), 'PNG');
    assert.deepEqual([png.readUInt32BE(16), png.readUInt32BE(20)], [1024, 768]);
    assert.ok(png.length > 8_000, `${png.length} bytes: a picture of nothing?`);
    assert.equal(state.lang, language);
  });
}

// Neither opens a window, so neither needs a screen.
test('help tells the options, and a wrong one what is allowed', () => {
  const help = spawnSync(program, ['--help'], { encoding: 'utf8', timeout: 20_000 });
  assert.equal(help.status, 0, help.stderr);
  for (const option of ['--size', '--theme', '--lang', '--screenshot', '--act', 'interleave run']) assert.match(help.stdout, new RegExp(option));
  const wrong = spawnSync(program, ['--size', 'wide'], { encoding: 'utf8', timeout: 20_000 });
  assert.equal(wrong.status, 2);
  assert.match(wrong.stderr, /such as 1440x900, not "wide"/);
});

// The body of tools/test: runs suites, prints what failed and why, and the sum on the last line.
import { dirname, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { closingLine, failed } from './results.mjs';
import { Suites } from './suites.mjs';

// The quick ones first, so that a slip shows early.
const all = ['format', 'architecture', 'tools', 'unit', 'desktop', 'wasm', 'golden', 'web', 'sanitizers', 'tidy'];

function chosen(argv) {
  const only = [];
  for (let i = 0; i < argv.length; i += 1) {
    if (argv[i] === '--list') return console.log(all.join('\n')) ?? process.exit(0);
    if (argv[i] !== '--only') throw new Error(`tools/test knows --only SUITE, --list and --no-install, not "${argv[i]}".`);
    const names = (argv[(i += 1)] ?? '').split(',');
    for (const name of names) {
      if (!all.includes(name)) throw new Error(`there is no suite "${name}": choose from ${all.join(', ')}.`);
      only.push(name);
    }
  }
  return only.length > 0 ? all.filter((name) => only.includes(name)) : all;
}

async function main() {
  const names = chosen(process.argv.slice(2));
  const suites = new Suites(resolve(dirname(fileURLToPath(import.meta.url)), '../..'));
  const results = [];
  for (const name of names) {
    const began = Date.now();
    console.log(`==> ${name}`);
    const result = await suites[name]().catch((error) => failed(name, error.stack));
    for (const { name: test, reason } of result.skips) console.log(`    skipped ${test}: ${reason}`);
    for (const { name: test, text } of result.failures) {
      console.log(`    FAILED ${test}\n${text.replace(/^/gm, '      ')}`);
    }
    results.push({ name, ...result, seconds: (Date.now() - began) / 1000 });
  }
  console.log('');
  for (const { name, passed, failures, skips, seconds } of results) {
    console.log(`${name.padEnd(13)} ${String(passed).padStart(5)} passed ${String(failures.length).padStart(4)} failed ` +
      `${String(skips.length).padStart(4)} skipped ${seconds.toFixed(1).padStart(8)} s`);
  }
  console.log(`\nLogs are in build/test-logs.\n${closingLine(results)}`);
  process.exitCode = results.some(({ failures }) => failures.length > 0) ? 1 : 0;
}

main().catch((error) => {
  console.error(`error: ${error.message}`);
  process.exit(2);
});

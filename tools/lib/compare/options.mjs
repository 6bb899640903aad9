// The command line of tools/compare-cpython.
export const usage = `Runs the programs of tools/cpython on the real CPython, the same on our engines, and prints both side by side.

  tools/compare-cpython [--python PATH]... [--repeat N] [--only ROW]... [--output FILE] [--program PATH]

  --python PATH  a further interpreter, besides python3
  --repeat N     runs of each program, 1 to 100 (default 5); medians are shown, with the smallest and the largest
  --only ROW     only this row of tools/lib/compare/rows.mjs; nothing is written then, unless --output says where
  --output FILE  where the document goes (default docs/compare-cpython.md)
  --program PATH our headless program (otherwise the release build, which is brought up to date)`;

// Throws an Error with a sentence where the command line makes no sense.
export function optionsFrom(argv, keys) {
  const options = { pythons: [], repeat: 5, only: [], output: null, program: null, help: false };
  const known = ['--python', '--repeat', '--only', '--output', '--program', '--help'];
  for (let at = 0; at < argv.length; at += 1) {
    const flag = argv[at] === '-h' ? '--help' : argv[at];
    if (!known.includes(flag)) throw new Error(`tools/compare-cpython knows ${known.join(', ')}, not "${flag}".`);
    if (flag === '--help') options.help = true;
    else {
      at += 1;
      if (argv[at] === undefined || argv[at] === '') throw new Error(`${flag} needs a value.`);
      take(options, flag, argv[at], keys);
    }
  }
  return options;
}

function take(options, flag, value, keys) {
  switch (flag) {
    case '--python': return options.pythons.push(value);
    case '--output': return (options.output = value);
    case '--program': return (options.program = value);
    case '--repeat':
      if (!/^\d{1,3}$/.test(value) || Number(value) < 1 || Number(value) > 100) {
        throw new Error(`--repeat takes a whole number from 1 to 100, not "${value}".`);
      }
      return (options.repeat = Number(value));
    default:
      if (!keys.includes(value)) throw new Error(`there is no row "${value}": choose from ${keys.join(', ')}.`);
      return options.only.push(value);
  }
}

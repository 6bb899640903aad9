// A reporter for node:test that prints one line of JSON for each test, for tools/lib/results.mjs.

// What went wrong and where in our files; not the runner's own frames.
function told(cause) {
  return String(cause.stack ?? cause.message ?? cause).split('\n').filter((line) => !/^\s+at .*\bnode:|^\s+at (new Promise|Array\.map) \(<anonymous>\)/.test(line)).join('\n');
}

export default async function* reporter(events) {
  for await (const { type, data } of events) {
    if (type !== 'test:pass' && type !== 'test:fail') continue;
    const suite = data.details?.type === 'suite';
    const skipped = data.skip !== undefined || data.todo !== undefined;
    if (type === 'test:pass' && suite) continue;
    const error = data.details?.error;
    // A group fails when one of its tests does, which has been told already.
    if (type === 'test:fail' && error?.failureType === 'subtestsFailed') continue;
    const cause = error?.cause ?? error;
    yield `${JSON.stringify({
      name: data.name,
      outcome: type === 'test:fail' && !skipped ? 'failed' : skipped ? 'skipped' : 'passed',
      text: skipped ? String(data.skip || data.todo || 'no reason given') : cause ? told(cause) : '',
    })}\n`;
  }
}

// What test runners report, brought into one form: { passed, failures: [{ name, text }], skips: [{ name, reason }] }.

export function emptyResult() {
  return { passed: 0, failures: [], skips: [] };
}

export function failed(name, text) {
  return { passed: 0, failures: [{ name, text }], skips: [] };
}

export function merge(results) {
  return {
    passed: results.reduce((sum, { passed }) => sum + passed, 0),
    failures: results.flatMap(({ failures }) => failures),
    skips: results.flatMap(({ skips }) => skips),
  };
}

// GoogleTest's --gtest_output=json.
export function fromGoogleTest(report) {
  const result = emptyResult();
  for (const suite of report.testsuites ?? []) {
    for (const test of suite.testsuite ?? []) {
      const name = `${suite.name}.${test.name}`;
      if (test.failures?.length > 0) {
        result.failures.push({ name, text: test.failures.map(({ failure }) => failure).join('\n') });
      } else if (test.status === 'NOTRUN') {
        result.skips.push({ name, reason: 'disabled in the source' });
      } else if (test.result === 'SKIPPED') {
        result.skips.push({ name, reason: test.skipped?.[0]?.message ?? 'see the log' });
      } else {
        result.passed += 1;
      }
    }
  }
  return result;
}

// The lines of tools/lib/node_reporter.mjs.
export function fromNodeTest(lines) {
  const result = emptyResult();
  for (const line of lines.split('\n').filter(Boolean)) {
    const { name, outcome, text } = JSON.parse(line);
    if (outcome === 'passed') result.passed += 1;
    else if (outcome === 'skipped') result.skips.push({ name, reason: text });
    else result.failures.push({ name, text });
  }
  return result;
}

// A runner that ended badly, or ran nothing, has failed, whatever it counted.
export function judged(result, name, problem, output) {
  const ran = result.passed + result.failures.length + result.skips.length;
  const tail = output.split('\n').slice(-40).join('\n');
  if (problem && result.failures.length === 0) {
    return merge([result, failed(name, `${name}: ${problem}. It printed at the end:\n${tail}`)]);
  }
  if (ran === 0) return failed(name, `${name} ran no test.\n${tail}`);
  return result;
}

export function closingLine(results) {
  const { passed, failures, skips } = merge(results);
  return `${passed} passed, ${failures.length} failed, ${skips.length} skipped`;
}

/** The part of Vitest's JSON report that is read here. */
export interface Report {
  numPassedTests: number;
  numFailedTests: number;
  testResults: { name: string; status: string; assertionResults: { status: string; fullName: string }[] }[];
}

/**
 * Counts a run. Whatever keeps it from being a full and clean one counts as a failure: the check, a file that could
 * not be loaded, a test left out, an error outside of any test, or no test at all.
 * @param report undefined if the tests did not get as far as writing one
 */
export function verdict(report: Report | undefined, checkCode: number, testCode: number) {
  const reasons: string[] = [];
  if (checkCode !== 0) reasons.push(`npm run check ended with ${checkCode}`);
  for (const { name, status, assertionResults } of report?.testResults ?? []) {
    if (status === 'failed' && assertionResults.every((test) => test.status !== 'failed')) {
      reasons.push(`could not be run whole: ${name}`);
    }
    for (const test of assertionResults) {
      if (test.status !== 'passed' && test.status !== 'failed') reasons.push(`left out: ${test.fullName} (${name})`);
    }
  }
  const passed = report?.numPassedTests ?? 0;
  const failedTests = report?.numFailedTests ?? 0;
  if (passed + failedTests === 0) reasons.push('no test ran');
  else if (testCode !== 0 && failedTests === 0 && reasons.length === 0) reasons.push(`npm test ended with ${testCode}`);
  return { passed, failed: failedTests + reasons.length, reasons };
}

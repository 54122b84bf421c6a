import { existsSync, readFileSync } from 'node:fs';

// Prints how many tests of a vitest report passed and failed. A file that did not load counts as one failure, and so does a missing report: the check ended before the tests.
const [report = ''] = process.argv.slice(2);
/** @type {{ numPassedTests: number, numFailedTests: number, testResults: { status: string, assertionResults: unknown[] }[] }} */
const { numPassedTests, numFailedTests, testResults } = existsSync(report)
  ? JSON.parse(readFileSync(report, 'utf8'))
  : { numPassedTests: 0, numFailedTests: 1, testResults: [] };
const unloaded = testResults.filter(
  ({ status, assertionResults }) => status === 'failed' && assertionResults.length === 0,
);
console.log(`${numPassedTests} passed, ${numFailedTests + unloaded.length} failed`);

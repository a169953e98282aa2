/** Appends what a jest run counted to the file named by TEST_COUNTS, so that .ci/run can add the suites up. */

const { appendFileSync } = require('node:fs');

module.exports = class CountReporter {
	onRunComplete(_contexts, { numPassedTests, numFailedTests, numFailedTestSuites }) {
		const file = process.env.TEST_COUNTS;
		// A suite that did not even start has no failed test.
		const failed = Math.max(numFailedTests, numFailedTestSuites);
		if (file) appendFileSync(file, `${numPassedTests} ${failed}\n`);
	}
};

// Prints how many milliseconds it takes to load the files named on the command line, once n8n-workflow is there.
require('n8n-workflow');

const startedAt = performance.now();
for (const file of process.argv.slice(2)) require(file);
console.log(performance.now() - startedAt);

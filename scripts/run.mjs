// Entry of every npm script: makes sure that the dependencies are there, then hands over to the project's own
// Node. It runs on whatever Node the machine has, so it is plain JavaScript and needs no package.
//
//   node scripts/run.mjs <task> [arguments of the task]
import process from 'node:process';

const OLDEST_NODE = 20;
const found = Number.parseInt(process.versions.node, 10);
if (found < OLDEST_NODE) {
  console.error(`Atrium needs Node ${OLDEST_NODE} or newer to install itself; this is Node ${process.versions.node}.`);
  process.exit(1);
}

// Loaded only now, so that an old Node gets the line above and not a syntax error from these files.
const { runTask } = await import('./bootstrap/tasks.mjs');
await runTask(process.argv[2], process.argv.slice(3));

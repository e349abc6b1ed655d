#!/usr/bin/env node
// The `atrium` command. Hands over to the repository's entry, which runs it on the project's own Node.
import process from 'node:process';

process.argv.splice(2, 0, 'atrium');
await import('../../../scripts/run.mjs');

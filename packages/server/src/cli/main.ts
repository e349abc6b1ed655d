/** The `atrium` command. */
import process from 'node:process';
import { ownSurroundings, runCommandLine } from './program.ts';

process.exitCode = await runCommandLine(process.argv.slice(2), ownSurroundings());

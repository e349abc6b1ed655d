/** `npm run demo` */
import process from 'node:process';
import { runDemo } from './run.ts';

process.exitCode = await runDemo(process.argv.slice(2));

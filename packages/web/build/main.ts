import path from 'node:path';
import { build } from 'vite';
import { compressFiles } from './compress.ts';

/** Builds the app into `dist`, with compressed copies of its files beside them. */
const root = path.resolve(import.meta.dirname, '..');
await build({ root, configFile: path.join(root, 'vite.config.ts'), logLevel: 'warn' });
await compressFiles(path.join(root, 'dist/web'));

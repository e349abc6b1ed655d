import path from 'node:path';
import { lingui } from '@lingui/vite-plugin';

/** Turns the texts in sources into messages, and catalogs into modules. */
export const messageMacros = () => lingui({ macroTransform: true, cwd: path.resolve(import.meta.dirname, '..') });

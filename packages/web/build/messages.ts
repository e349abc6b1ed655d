import { spawnSync } from 'node:child_process';
import path from 'node:path';
import process from 'node:process';

/**
 * `npm run messages`: writes every text of the sources into the catalogs, and takes out those that are gone. What is
 * new stands in the catalogs of the other languages without a translation, which a test complains about.
 */
const root = path.resolve(import.meta.dirname, '..');
const lingui = path.resolve(root, '../../node_modules/@lingui/cli/dist/lingui.js');
const { status } = spawnSync(process.execPath, [lingui, 'extract', '--clean', ...process.argv.slice(2)], {
  cwd: root,
  stdio: 'inherit',
});
process.exit(status ?? 1);

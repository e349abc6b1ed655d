import { spawnSync } from 'node:child_process';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import process from 'node:process';

const HOOKS = '.githooks';

/**
 * Points git at the project's pre-commit hook, once. Leaves alone whoever has hooks of their own, continuous
 * integration, and a copy without git; never fails, because nothing else depends on it.
 * @param {string} root the repository
 */
export function installGitHooks(root) {
  const git = path.join(root, '.git');
  if (process.env.CI || !existsSync(path.join(git, 'config'))) return;
  // Reading the file is a hundred times quicker than asking git at every start.
  if (/^\s*hooksPath\s*=/im.test(readFileSync(path.join(git, 'config'), 'utf8'))) return;
  const own = path.join(git, 'hooks');
  if (existsSync(own) && readdirSync(own).some((name) => !name.endsWith('.sample'))) return;
  spawnSync('git', ['-C', root, 'config', 'core.hooksPath', HOOKS], { stdio: 'ignore' });
}

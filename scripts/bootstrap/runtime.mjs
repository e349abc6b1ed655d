import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import process from 'node:process';

/**
 * The project's own Node, which the npm package `node` brings.
 * @param {string} root the repository
 */
export function runtimePath(root) {
  return path.join(root, 'node_modules', 'node', 'bin', process.platform === 'win32' ? 'node.exe' : 'node');
}

/**
 * Whether that Node runs on this machine and is the pinned version.
 * @param {string} root the repository
 * @returns {{ ok: boolean, found: string, wanted: string }}
 */
export function inspectRuntime(root) {
  const wanted = `v${JSON.parse(readFileSync(path.join(root, 'package.json'), 'utf8')).devDependencies.node}`;
  const answer = spawnSync(runtimePath(root), ['--version'], { encoding: 'utf8', timeout: 20_000 });
  const found = answer.status === 0 ? answer.stdout.trim() : 'none';
  return { ok: found === wanted, found, wanted };
}

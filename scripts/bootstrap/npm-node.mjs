import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { nodeOfNpm, npm } from './npm.mjs';
import { runtimePath } from './runtime.mjs';

/**
 * npm leaves out an optional package when the Node it runs on is older than the package asks for, whatever it is told
 * about engines. From this version on nothing is left out that the project needs.
 */
const OLDEST_FOR_NPM = [22, 19];

/**
 * Whether npm has to run on another Node than the machine's.
 * @param {string} version of Node, such as `20.19.4`
 */
export function isTooOldForNpm(version) {
  const [major, minor] = version.split('.').map(Number);
  const [wantedMajor, wantedMinor] = OLDEST_FOR_NPM;
  return major < wantedMajor || (major === wantedMajor && minor < wantedMinor);
}

function versionOf(node) {
  return spawnSync(node, ['--version'], { encoding: 'utf8' }).stdout.trim().slice(1);
}

/**
 * Gives `work` the Node on which npm should run: the project's own, fetched by itself first, where the machine's is too
 * old; otherwise undefined. The fetched one stands outside of node_modules, which npm is about to replace.
 * @template T
 * @param {string} root the repository
 * @param {(pid: number) => void} started told the process id of npm
 * @param {(node: string | undefined) => Promise<T>} work
 * @param {string} [running] version of the Node on which npm would run
 * @returns {Promise<T>}
 */
export async function withNodeForNpm(root, started, work, running = versionOf(nodeOfNpm(root))) {
  if (!isTooOldForNpm(running)) return work(undefined);
  const folder = path.join(root, '.install-node');
  const { devDependencies } = JSON.parse(readFileSync(path.join(root, 'package.json'), 'utf8'));
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder);
  try {
    // Newer versions of npm run an install script only when the project allows it.
    writeFileSync(path.join(folder, 'package.json'), JSON.stringify({ private: true, allowScripts: { node: true } }));
    const wanted = ['install', `node@${devDependencies.node}`, '--no-save', '--no-package-lock'];
    await npm(folder, [...wanted, '--ignore-scripts=false', '--engine-strict=false'], started);
    const node = runtimePath(folder);
    // What npm says about why it failed, it says again where it is reported.
    return await work(existsSync(node) ? node : undefined);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

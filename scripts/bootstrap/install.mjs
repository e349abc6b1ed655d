import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { clearInstalled, fingerprint, isInstalled, markInstalled, npmInstalledTheSame } from './fingerprint.mjs';
import { withLock } from './lock.mjs';
import { npm } from './npm.mjs';
import { withNodeForNpm } from './npm-node.mjs';
import { inspectRuntime } from './runtime.mjs';

/** The dependencies could not be installed; the message says what happened and what to do, ready to print. */
export class InstallError extends Error {}

/**
 * Returns when node_modules is what package-lock.json asks for and the project's own Node runs.
 * @param {string} root the repository
 * @throws {InstallError}
 */
export async function ensureInstalled(root) {
  const wanted = fingerprint(root);
  if (isInstalled(root, wanted)) return;
  const waiting = () => console.error('Another command is installing the dependencies; waiting for it ...');
  try {
    await withLock(path.join(root, '.install.lock'), waiting, (alsoHeldBy) => install(root, wanted, alsoHeldBy));
  } catch (error) {
    if (!['EACCES', 'EPERM', 'EROFS'].includes(error.code)) throw error;
    throw new InstallError(
      `Cannot write to ${root} or its node_modules (${error.code}). Run this as the user who owns them.`,
    );
  }
}

async function install(root, wanted, onStart) {
  if (isInstalled(root, wanted)) return;
  clearInstalled(root);
  if (npmInstalledTheSame(root) && inspectRuntime(root).ok) return markInstalled(root, wanted);

  const why = existsSync(path.join(root, 'node_modules')) ? 'they changed or are incomplete' : 'first run';
  console.error(`Installing the dependencies (${why}; usually well under a minute) ...`);
  const started = performance.now();
  const run = await withNodeForNpm(root, onStart, (node) =>
    npm(root, ['ci', '--include=dev', '--include=optional', '--engine-strict=false'], onStart, node),
  );
  if (run.code !== 0) throw new InstallError(`${withoutUsage(run.output)}\n\n${adviceFor(run.output)}`);
  await ensureRuntime(root, onStart);
  markInstalled(root, wanted);
  console.error(`Installed in ${((performance.now() - started) / 1000).toFixed(1)} s.`);
}

/** Node and PostgreSQL finish their install by a script, which some people tell npm to leave out everywhere. */
async function ensureRuntime(root, onStart) {
  if (inspectRuntime(root).ok) return;
  const { allowScripts } = JSON.parse(readFileSync(path.join(root, 'package.json'), 'utf8'));
  const allowed = Object.keys(allowScripts).filter((name) => allowScripts[name]);
  const present = allowed.filter((name) => existsSync(path.join(root, 'node_modules', name)));
  console.error(
    `npm left out install scripts; running those of ${present.join(', ')}, which Atrium cannot do without ...`,
  );
  const run = await npm(root, ['rebuild', ...present, '--ignore-scripts=false'], onStart);
  const { ok, found, wanted } = inspectRuntime(root);
  if (ok) return;
  throw new InstallError(
    `${run.output}\n\nThe npm package "node" should have brought Node ${wanted} but it gives: ${found}.\n` +
      'Allow its install script (npm config set ignore-scripts false), delete node_modules and run this again.',
  );
}

/** npm follows some errors with its whole manual page. */
function withoutUsage(output) {
  return output.split(/\n(?:npm error )?Clean install a project/)[0].trim();
}

function adviceFor(output) {
  const advice = [
    [/ENOTFOUND|EAI_AGAIN|ECONNREFUSED|ECONNRESET|ETIMEDOUT|ENETUNREACH|network/i, ADVICE.network],
    [/EUSAGE|in sync/, ADVICE.sync],
    [/ENOSPC/, ADVICE.space],
    [/EACCES|EPERM|EROFS/, ADVICE.rights],
    [/EINTEGRITY/, ADVICE.integrity],
  ].find(([pattern]) => pattern.test(output));
  return advice ? advice[1] : 'npm could not install the dependencies: see its message above, then run this again.';
}

const ADVICE = {
  network: 'The package registry cannot be reached. Get online (or set the proxy in npm), then run this again.',
  sync: 'package.json and package-lock.json disagree. Run "npm install", then this again.',
  space: 'The disk is full. Free about 1 GB, then run this again.',
  rights: 'npm may not write here. Run this as the user who owns the folder, and see that ~/.npm is yours.',
  integrity: 'A package is not the one that was locked. Run "npm cache verify", then this again.',
};

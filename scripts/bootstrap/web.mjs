import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import process from 'node:process';
import { withLock } from './lock.mjs';
import { runtimePath } from './runtime.mjs';

/** What the files of the web app are made from. */
const SOURCES = [
  'package-lock.json',
  'packages/web/index.html',
  'packages/web/package.json',
  'packages/web/vite.config.ts',
  'packages/web/build',
  'packages/web/public',
  'packages/web/src',
  'packages/client/src',
  'packages/protocol/src',
];
const NOT_SHIPPED = /\.test\.tsx?$/;

/** The web app could not be built; the message is ready to print. */
export class WebBuildError extends Error {}

/**
 * Returns when `packages/web/dist` is what the sources make of it. Costs some milliseconds when nothing has changed.
 * @param {string} root the repository
 * @throws {WebBuildError}
 */
export async function ensureWebBuilt(root) {
  const dist = path.join(root, 'packages/web/dist');
  const wanted = webFingerprint(root);
  const isBuilt = () => readStamp(dist) === wanted;
  // A release comes built, and need not have the sources.
  if (!existsSync(path.join(root, 'packages/web/src')) || isBuilt()) return;
  const waiting = () => console.error('Another command is building the web app; waiting for it ...');
  await withLock(path.join(root, 'node_modules', '.atrium-web.lock'), waiting, async (alsoHeldBy) => {
    if (isBuilt()) return;
    const why = readStamp(dist) === undefined ? 'first run' : 'its sources changed';
    console.error(`Building the web app (${why}) ...`);
    const started = performance.now();
    await runBuild(root, alsoHeldBy);
    // Written last, and emptied with the folder at the start: an interrupted build never counts.
    writeFileSync(stampFile(dist), wanted);
    console.error(`Built in ${((performance.now() - started) / 1000).toFixed(1)} s.`);
  });
}

const stampFile = (dist) => path.join(dist, '.made-from');

function readStamp(dist) {
  return existsSync(stampFile(dist)) ? readFileSync(stampFile(dist), 'utf8') : undefined;
}

/**
 * A short text that changes whenever the build would.
 * @param {string} root the repository
 */
export function webFingerprint(root) {
  const { devDependencies } = JSON.parse(readFileSync(path.join(root, 'package.json'), 'utf8'));
  const hash = createHash('sha256').update(`node ${devDependencies.node}\n`);
  for (const source of SOURCES) {
    for (const file of filesOf(path.join(root, source))) {
      hash.update(`${path.relative(root, file)}\n`).update(readFileSync(file));
    }
  }
  return hash.digest('hex');
}

function filesOf(place) {
  if (!existsSync(place)) return [];
  if (path.extname(place) !== '') return [place];
  return readdirSync(place, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && !NOT_SHIPPED.test(entry.name))
    .map((entry) => path.join(entry.parentPath, entry.name))
    .sort();
}

function runBuild(root, alsoHeldBy) {
  const child = spawn(runtimePath(root), [path.join(root, 'packages/web/build/main.ts')], {
    cwd: root,
    // What tests set here would bring the slow and large builds for development in.
    env: { ...process.env, NODE_ENV: 'production' },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  if (child.pid) alsoHeldBy(child.pid);
  let output = '';
  child.stdout.on('data', (chunk) => (output += chunk));
  child.stderr.on('data', (chunk) => (output += chunk));
  return new Promise((resolve, reject) => {
    child.on('error', reject);
    child.on('close', (code) => {
      if (code === 0) resolve();
      else reject(new WebBuildError(`The web app could not be built:\n${output.trim()}`));
    });
  });
}

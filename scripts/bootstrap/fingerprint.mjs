import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import process from 'node:process';
import { runtimePath } from './runtime.mjs';

/** The parts of a package.json that decide what gets installed; other edits must not cost an install. */
const INSTALL_FIELDS = [
  'workspaces',
  'dependencies',
  'devDependencies',
  'optionalDependencies',
  'peerDependencies',
  'overrides',
  'allowScripts',
];

const readJson = (file) => JSON.parse(readFileSync(file, 'utf8'));
const stampFile = (root) => path.join(root, 'node_modules', '.atrium-installed');

/**
 * A short text that changes whenever node_modules would have to change.
 * @param {string} root the repository
 */
export function fingerprint(root) {
  const hash = createHash('sha256');
  hash.update(`${process.platform} ${process.arch}\n`);
  hash.update(readFileSync(path.join(root, 'package-lock.json')));
  const { workspaces } = readJson(path.join(root, 'package.json'));
  for (const folder of ['.', ...workspaces]) {
    const manifest = readJson(path.join(root, folder, 'package.json'));
    hash.update(JSON.stringify([folder, ...INSTALL_FIELDS.map((field) => manifest[field] ?? null)]));
  }
  return hash.digest('hex');
}

/**
 * Whether the last finished install is the one that the repository asks for now.
 * @param {string} root the repository
 * @param {string} wanted the fingerprint of now
 */
export function isInstalled(root, wanted) {
  if (!existsSync(stampFile(root)) || !existsSync(runtimePath(root))) return false;
  return readFileSync(stampFile(root), 'utf8') === wanted;
}

/** Says that node_modules is whole; written last, so that an interrupted install never counts. */
export function markInstalled(root, wanted) {
  writeFileSync(stampFile(root), wanted);
}

export function clearInstalled(root) {
  rmSync(stampFile(root), { force: true });
}

/**
 * Whether npm itself, run by hand, left exactly what the lock file asks for. npm writes its own record
 * (node_modules/.package-lock.json) after everything else, so a matching one means a finished install.
 * @param {string} root the repository
 */
export function npmInstalledTheSame(root) {
  const record = path.join(root, 'node_modules', '.package-lock.json');
  if (!existsSync(record)) return false;
  const has = readJson(record).packages ?? {};
  const wants = readJson(path.join(root, 'package-lock.json')).packages;
  for (const [location, wanted] of Object.entries(wants)) {
    if (!location.includes('node_modules/')) continue;
    const installed = has[location];
    if (!installed && wanted.optional && !fitsThisMachine(wanted)) continue;
    if (!installed || installed.version !== wanted.version || installed.integrity !== wanted.integrity) return false;
  }
  return Object.keys(has).every((location) => location in wants);
}

/**
 * Whether an optional package was certainly meant for here. Packages without a platform belong to those of another
 * platform.
 */
function fitsThisMachine({ os, cpu, libc }) {
  if (!os?.includes(process.platform) || !cpu?.includes(process.arch)) return false;
  return !libc || libc.includes(hasMusl() ? 'musl' : 'glibc');
}

/** Which C library a Linux has, by the loader of programs that lies in its place. */
function hasMusl() {
  return existsSync('/lib') && readdirSync('/lib').some((name) => name.startsWith('ld-musl-'));
}

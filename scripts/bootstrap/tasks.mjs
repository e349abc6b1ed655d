import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import process from 'node:process';
import { fileURLToPath } from 'node:url';
import util from 'node:util';
import { installGitHooks } from './git-hooks.mjs';
import { ensureInstalled, InstallError } from './install.mjs';
import { runChild } from './run-child.mjs';
import { runtimePath } from './runtime.mjs';
import { ensureWebBuilt, WebBuildError } from './web.mjs';

const ROOT = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '..', '..');

/** What each task gives to Node, relative to the repository; the caller's own arguments follow. */
export const TASKS = {
  start: ['packages/server/src/main.ts'],
  dev: ['packages/web/build/dev.ts'],
  test: ['node_modules/vitest/vitest.mjs', 'run'],
  demo: ['packages/server/src/demo/main.ts'],
  cluster: ['scripts/cluster/main.ts'],
  pack: ['scripts/pack/main.ts'],
  atrium: ['packages/server/src/cli/main.ts'],
  'bench:chat': ['bench/chat/run.ts'],
  'bench:login': ['bench/login/run.ts'],
  'bench:presence': ['bench/presence/run.ts'],
  'bench:search': ['bench/search/run.ts'],
  'bench:history': ['bench/history/run.ts'],
  'bench:tasks': ['bench/tasks/run.ts'],
  'bench:analytics': ['bench/analytics/run.ts'],
  'bench:neighbours': ['bench/neighbours/run.ts'],
  'bench:orders': ['bench/orders/run.ts'],
  'bench:reminders': ['bench/reminders/run.ts'],
  'bench:web': ['bench/web/run.ts'],
  'bench:ticks': ['bench/ticks/run.ts'],
  'bench:files': ['bench/files/run.ts'],
  'bench:backup': ['bench/backup/run.ts'],
  faults: ['packages/server/test/faults/main.ts'],
  screens: ['packages/web/e2e/screens/main.ts'],
  messages: ['packages/web/build/messages.ts'],
  generate: ['packages/server/src/cli/generate.ts'],
  check: ['scripts/check/main.ts'],
};

/** Tasks that serve the web app as it is shipped. */
const WITH_WEB = new Set(['start', 'demo', 'cluster', 'pack', 'screens', 'bench:web']);

/** Tasks that read settings from .env. */
const WITH_SETTINGS = new Set(['start', 'dev', 'cluster', 'atrium']);

/**
 * Node's own arguments for a task. A file that is not there is not asked for: Node would say so at each start, which
 * reads like a fault. What the environment says goes before what the file says.
 * @param {string} name
 * @param {string} root
 */
export function settingsFor(name, root) {
  return WITH_SETTINGS.has(name) && existsSync(path.join(root, '.env')) ? ['--env-file=.env'] : [];
}

/**
 * Lets Node know the authorities that .env names in NODE_EXTRA_CA_CERTS: Node itself looks for that key before it reads
 * the file.
 * @param {string} name
 * @param {string} root
 */
export function trustAuthorities(name, root) {
  // Node before 20.12 has no parser; the environment works there, too.
  if (settingsFor(name, root).length === 0 || util.parseEnv === undefined) return;
  const { NODE_EXTRA_CA_CERTS: file } = util.parseEnv(readFileSync(path.join(root, '.env'), 'utf8'));
  if (file !== undefined) process.env.NODE_EXTRA_CA_CERTS ??= file;
}

/** Keeps what Node made of the sources, so that the second start of a program takes half the time of the first. */
function keepCompiled() {
  process.env.NODE_COMPILE_CACHE ??= path.join(ROOT, 'node_modules', '.cache', 'node');
}

/**
 * Runs one task to its end and leaves with its exit code.
 * @param {string | undefined} name a key of TASKS
 * @param {string[]} args passed on as they are
 */
export async function runTask(name, args) {
  const task = Object.hasOwn(TASKS, name ?? '') ? TASKS[name] : undefined;
  if (!task) {
    console.error(`Usage: node scripts/run.mjs <${Object.keys(TASKS).join('|')}> [arguments]`);
    process.exit(64);
  }
  try {
    await ensureInstalled(ROOT);
    if (WITH_WEB.has(name === 'atrium' ? args[0] : name)) await ensureWebBuilt(ROOT);
  } catch (error) {
    if (!(error instanceof InstallError || error instanceof WebBuildError)) throw error;
    console.error(error.message);
    process.exit(1);
  }
  installGitHooks(ROOT);
  keepCompiled();
  trustAuthorities(name, ROOT);
  // Where the command was given: npm says so, but does not come before each of them.
  process.env.INIT_CWD ??= process.cwd();
  await runChild(runtimePath(ROOT), [...settingsFor(name, ROOT), ...task, ...args], ROOT);
}

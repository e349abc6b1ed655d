import { spawn } from 'node:child_process';
import { existsSync, realpathSync } from 'node:fs';
import { constants } from 'node:os';
import path from 'node:path';
import process from 'node:process';
import { usableCache } from './npm-cache.mjs';

const SIGNALS = ['SIGINT', 'SIGTERM', 'SIGHUP'];
const PATIENCE_MS = 2_000;

/**
 * Runs npm quietly. Progress is one line every few seconds on stderr; stdout stays the task's own.
 * @param {string} root the folder that npm works on
 * @param {string[]} args of npm
 * @param {(pid: number) => void} started told npm's process id
 * @param {string} [node] the Node that runs npm, instead of the one that usually does
 * @returns {Promise<{ code: number, output: string }>} output: what npm printed, errors only
 */
export function npm(root, args, started, node) {
  const [command, ...before] = npmCommand(root, node);
  const cache = usableCache();
  const child = spawn(command, [...before, ...args, '--loglevel=error', '--no-progress', '--no-update-notifier'], {
    cwd: root,
    env: { ...environment(), ...cache.env },
    stdio: ['ignore', 'pipe', 'pipe'],
    shell: process.platform === 'win32' && before.length === 0,
  });
  if (child.pid) started(child.pid);
  let stopping;
  const passOn = (signal) => {
    stopping ??= signal;
    child.kill(signal);
    // npm does not always listen while it waits for the network.
    setTimeout(() => child.kill('SIGKILL'), PATIENCE_MS).unref();
  };
  for (const signal of SIGNALS) process.on(signal, passOn);
  let output = '';
  child.stderr.on('data', (chunk) => (output += chunk));
  child.stdout.on('data', (chunk) => (output += chunk));

  const begun = performance.now();
  const progress = setInterval(() => {
    console.error(`  still at it after ${Math.round((performance.now() - begun) / 1000)} s ...`);
  }, 15_000);
  return new Promise((resolve) => {
    const end = (code) => {
      clearInterval(progress);
      cache.remove();
      for (const signal of SIGNALS) process.off(signal, passOn);
      resolve({ code, output: output.trim() });
    };
    child.on('error', (error) => {
      output += error.message;
      end(127);
    });
    child.on('close', (code, signal) => {
      // Asked to stop ourselves: npm had to end first, or the next install would meet it in the same folder.
      if (stopping) process.exit(128 + constants.signals[stopping]);
      if (signal) output += `npm was stopped by ${signal}`;
      end(code ?? 1);
    });
  });
}

/**
 * Ours without npm's settings about where and on what the caller's npm works. Install scripts that call npm in their
 * own folder would inherit them; and `npm --prefix` looks for the machine's settings below that prefix, in vain.
 */
function environment() {
  const place = /^npm_config_((local_|global_)?prefix|global|location|workspaces?|include_workspace_root|dry_run)$/i;
  const env = Object.fromEntries(Object.entries(process.env).filter(([name]) => !place.test(name)));
  if (!existsSync(env.npm_config_globalconfig ?? '')) delete env.npm_config_globalconfig;
  return env;
}

/**
 * The npm that runs this script, or else the one on the PATH. Never under the Node inside node_modules: npm is
 * about to replace that file.
 */
function npmCommand(root, chosen) {
  const cli = npmCli();
  return cli ? [chosen ?? nodeOfNpm(root), cli] : ['npm'];
}

/**
 * The Node on which npm runs unless another one is chosen.
 * @param {string} root the folder that npm works on
 */
export function nodeOfNpm(root) {
  const inside = (file) => path.resolve(file).startsWith(path.join(root, 'node_modules') + path.sep);
  const found = [process.env.npm_node_execpath, ...onPath('node'), process.execPath].find(
    (file) => file && existsSync(file) && !inside(file),
  );
  return found ?? process.execPath;
}

const CLI = 'npm-cli.js';

/** The program of npm as a file that any Node can run; undefined where it cannot be found. */
function npmCli() {
  const running = process.env.npm_execpath;
  if (running && path.basename(running) === CLI && existsSync(running)) return running;
  const beside = onPath('npm')
    .filter(existsSync)
    .map((file) => realpathSync(file));
  const below = folders().map((folder) => path.join(folder, 'node_modules', 'npm', 'bin', CLI));
  return [...beside, ...below].find((file) => path.basename(file) === CLI && existsSync(file));
}

const folders = () => (process.env.PATH ?? '').split(path.delimiter);

function onPath(name) {
  const file = process.platform === 'win32' && name === 'node' ? `${name}.exe` : name;
  return folders().map((folder) => path.join(folder, file));
}

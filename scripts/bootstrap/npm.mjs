import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { constants } from 'node:os';
import path from 'node:path';
import process from 'node:process';
import { usableCache } from './npm-cache.mjs';

const SIGNALS = ['SIGINT', 'SIGTERM', 'SIGHUP'];
const PATIENCE_MS = 2_000;

/**
 * Runs npm quietly. Progress is one line every few seconds on stderr; stdout stays the task's own.
 * @param {string} root the repository
 * @param {string[]} args of npm
 * @param {(pid: number) => void} started told npm's process id
 * @returns {Promise<{ code: number, output: string }>} output: what npm printed, errors only
 */
export function npm(root, args, started) {
  const [command, ...before] = npmCommand(root);
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
function npmCommand(root) {
  const cli = process.env.npm_execpath;
  if (!cli || path.basename(cli) !== 'npm-cli.js' || !existsSync(cli)) return ['npm'];
  const inside = (file) => path.resolve(file).startsWith(path.join(root, 'node_modules') + path.sep);
  const node = [process.env.npm_node_execpath, ...onPath('node'), process.execPath].find(
    (file) => file && !inside(file) && existsSync(file),
  );
  return [node ?? process.execPath, cli];
}

function onPath(name) {
  const file = process.platform === 'win32' ? `${name}.exe` : name;
  return (process.env.PATH ?? '').split(path.delimiter).map((folder) => path.join(folder, file));
}

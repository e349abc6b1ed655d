import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import path from 'node:path';
import process from 'node:process';

/**
 * Runs npm quietly. Progress is one line every few seconds on stderr; stdout stays the task's own.
 * @param {string} root the repository
 * @param {string[]} args of npm
 * @returns {Promise<{ code: number, output: string }>} output: what npm printed, errors only
 */
export function npm(root, args) {
  const [command, ...before] = npmCommand(root);
  const child = spawn(command, [...before, ...args, '--loglevel=error', '--no-progress', '--no-update-notifier'], {
    cwd: root,
    stdio: ['ignore', 'pipe', 'pipe'],
    shell: process.platform === 'win32' && before.length === 0,
  });
  let output = '';
  child.stderr.on('data', (chunk) => (output += chunk));
  child.stdout.on('data', (chunk) => (output += chunk));

  const started = performance.now();
  const progress = setInterval(() => {
    console.error(`  still at it after ${Math.round((performance.now() - started) / 1000)} s ...`);
  }, 15_000);
  return new Promise((resolve) => {
    const end = (code) => {
      clearInterval(progress);
      resolve({ code, output: output.trim() });
    };
    child.on('error', (error) => {
      output += error.message;
      end(127);
    });
    child.on('close', (code, signal) => end(signal ? 130 : (code ?? 1)));
  });
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

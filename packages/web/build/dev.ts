import { spawn } from 'node:child_process';
import path from 'node:path';
import process from 'node:process';
import { createServer } from 'vite';

/**
 * The server, started again whenever one of its files changes, and Vite in front of it with hot reload of the app. The
 * server is asked at the address that ATRIUM_SERVER names, if one runs there already.
 */
const root = path.resolve(import.meta.dirname, '..');
const main = path.resolve(root, '../server/src/main.ts');
if (process.env.ATRIUM_SERVER === undefined) {
  process.env.ATRIUM_SERVER = `http://127.0.0.1:${process.env.PORT ?? 3000}`;
  const server = spawn(process.execPath, ['--watch', '--watch-preserve-output', main], { stdio: 'inherit' });
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => server.kill(signal));
  server.on('exit', (code) => process.exit(code ?? 0));
}
const vite = await createServer({ root, configFile: path.join(root, 'vite.config.ts') });
await vite.listen();
vite.printUrls();

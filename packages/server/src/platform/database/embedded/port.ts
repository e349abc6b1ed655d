import { randomInt } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import net from 'node:net';
import { EmbeddedServerError } from '../errors.ts';
import { writeFileAtomically } from './files.ts';

/**
 * Below the range of ephemeral ports: otherwise a client that connects while the server is down could be given the same
 * port, connect to itself, and block the restart.
 */
const LOWEST = 20_000;
const HIGHEST = 32_000;
const TRIES = 200;

/** Whether nothing listens on this port of the loopback address. */
export function isPortFree(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const probe = net.createServer();
    probe.once('error', () => resolve(false));
    probe.listen({ port, host: '127.0.0.1', exclusive: true }, () => probe.close(() => resolve(true)));
  });
}

/** The previous port of this cluster if it is free, else a new one, stored in `file`. */
export async function choosePort(file: string): Promise<number> {
  const remembered = Number(await readFile(file, 'utf8').catch(() => ''));
  if (Number.isInteger(remembered) && remembered > 0 && (await isPortFree(remembered))) return remembered;
  for (let attempt = 0; attempt < TRIES; attempt += 1) {
    const port = randomInt(LOWEST, HIGHEST);
    if (!(await isPortFree(port))) continue;
    await writeFileAtomically(file, `${port}\n`, 0o600);
    return port;
  }
  throw new EmbeddedServerError('No free local port for the database was found.');
}

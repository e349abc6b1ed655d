import { readFile } from 'node:fs/promises';

const ESTABLISHED = '01';

/** The number of TCP connections that the system counts as open on the listening side of `port`. Linux only. */
export async function countOpenConnections(port: number): Promise<number> {
  const tables = await Promise.all(
    ['tcp', 'tcp6'].map((name) => readFile(`/proc/net/${name}`, 'utf8').catch(() => '')),
  );
  const wanted = `:${port.toString(16).toUpperCase().padStart(4, '0')}`;
  return tables
    .flatMap((table) => table.split('\n').slice(1))
    .map((line) => line.trim().split(/\s+/))
    .filter(([, local = '', , state]) => local.endsWith(wanted) && state === ESTABLISHED).length;
}

import { execFile } from 'node:child_process';
import { mkdirSync } from 'node:fs';
import path from 'node:path';
import { promisify } from 'node:util';
import { stageLibrary, stageServer } from './packages.ts';

const run = promisify(execFile);

/** A file for `npm install` or `npm publish`. */
export interface Tarball {
  name: string;
  file: string;
  /** Of the file, and of what is in it. */
  bytes: number;
  unpackedBytes: number;
  files: number;
}

/** What `npm pack --json` says of each package. */
interface Packed {
  name: string;
  filename: string;
  size: number;
  unpackedSize: number;
  entryCount: number;
}

/**
 * Packs the contract, the SDK and the server, with the web app as it is built.
 * @param target where the files go; what is put together on the way is beside them
 */
export async function packAll(root: string, target: string): Promise<Tarball[]> {
  const places = { root, staging: path.join(target, 'staging') };
  mkdirSync(target, { recursive: true });
  const libraries = {
    protocol: await stageLibrary(places, 'protocol'),
    client: await stageLibrary(places, 'client'),
  };
  const folders = [libraries.protocol, libraries.client, await stageServer(places, libraries)];
  return Promise.all(folders.map((folder) => pack(folder, target)));
}

async function pack(folder: string, target: string): Promise<Tarball> {
  const args = ['pack', '--json', '--ignore-scripts', '--offline', '--pack-destination', target];
  // The list of thousands of files is long.
  const { stdout } = await run('npm', args, { cwd: folder, maxBuffer: 64 << 20 });
  const [made] = JSON.parse(stdout) as Packed[];
  if (made === undefined) throw new Error('npm pack made nothing.');
  const { name, filename, size: bytes, unpackedSize: unpackedBytes, entryCount: files } = made;
  return { name, file: path.join(target, filename), bytes, unpackedBytes, files };
}

import { chmod, chown, cp, mkdir, mkdtemp, readlink, realpath, rm, stat, symlink, writeFile } from 'node:fs/promises';
import path from 'node:path';
import pino from 'pino';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { scratchDirectory } from '../../../../test/scratch.ts';
import { unprivilegedAccount } from './account.ts';
import { findBinaries } from './binaries.ts';
import { startEmbeddedServer } from './index.ts';
import { decidePlacement } from './placement.ts';

const log = pino({ level: 'silent' });
const root = process.geteuid?.() === 0;
let directory: string;

beforeEach(async () => {
  directory = await realpath(await mkdtemp(path.join(scratchDirectory(), 'atrium-place-')));
});

afterEach(() => rm(directory, { recursive: true, force: true, maxRetries: 10 }));

/** Most of a thousand files are not needed for a start: other time zones and extensions, and headers. */
function isNeeded(file: string): boolean {
  const [folder, name = ''] = file.split(path.sep).slice(-2);
  if (folder === 'timezone') return name === 'UTC';
  if (folder === 'extension') return name.startsWith('plpgsql');
  return name !== 'pgxs' && !name.endsWith('.a');
}

test('a path with characters of the shell is refused, and so is a file instead of the directory', async () => {
  await expect(decidePlacement({ dataDir: path.join(directory, 'a$b'), log })).rejects.toThrow('may not contain');
  await writeFile(path.join(directory, 'file'), '');
  const below = decidePlacement({ dataDir: path.join(directory, 'file', 'data'), log });
  await expect(below).rejects.toThrow('cannot be used');
});

test('a database directory that was moved to another disk is followed', async () => {
  await chmod(directory, 0o755);
  const dataDir = path.join(directory, 'data');
  await mkdir(dataDir);
  await symlink('../disk/database', path.join(dataDir, 'database'));
  const { clusterDir } = await decidePlacement({ dataDir, log });
  expect(clusterDir).toBe(path.join(directory, 'disk', 'database'));
});

if (root) {
  describe('as root', () => {
    test('everything reachable stays in place; only the group of the account may pass through a private directory', async () => {
      await chmod(directory, 0o755);
      const dataDir = path.join(directory, 'data');
      const { clusterDir, account } = await decidePlacement({ dataDir, log });
      expect(clusterDir).toBe(path.join(dataDir, 'database'));
      expect(account?.uid).not.toBe(0);
      const entry = await stat(dataDir);
      expect([entry.mode & 0o777, entry.uid, entry.gid]).toEqual([0o710, 0, account?.gid]);
    });

    test('simultaneous first starts choose the same place', async () => {
      await chmod(directory, 0o755);
      const shared = path.join(directory, 'shared');
      await mkdir(shared);
      for (const round of Array.from({ length: 20 }).keys()) {
        const dataDir = path.join(directory, `data-${round}`);
        const starts = Array.from({ length: 10 }, () => decidePlacement({ dataDir, log, sharedRoots: [shared] }));
        const places = new Set((await Promise.all(starts)).map(({ clusterDir }) => clusterDir));
        expect([...places]).toEqual([path.join(dataDir, 'database')]);
      }
    });

    test('everything stays below a private temporary directory', async () => {
      const dataDir = path.join(directory, 'data');
      expect((await decidePlacement({ dataDir, log })).clusterDir).toBe(path.join(dataDir, 'database'));
      expect((await stat(directory)).mode & 0o777).toBe(0o710);
    });

    test('an existing cluster is run by its owner', async () => {
      await chmod(directory, 0o755);
      const dataDir = path.join(directory, 'data');
      await mkdir(path.join(dataDir, 'database'), { recursive: true });
      await chown(path.join(dataDir, 'database'), 64_321, 64_321);
      const { account } = await decidePlacement({ dataDir, log });
      expect(account).toEqual({ name: '64321', uid: 64_321, gid: 64_321 });
    });

    test('from a clone that only root may enter, everything needed is copied to a reachable place, and works', async () => {
      const shared = path.join(directory, 'shared');
      const clone = path.join(directory, 'root', 'clone');
      await mkdir(shared);
      await chmod(directory, 0o755);
      await mkdir(clone, { recursive: true, mode: 0o700 });
      await chmod(path.join(directory, 'root'), 0o700);
      const installed = await findBinaries();
      const native = path.join(clone, 'native');
      await cp(installed.native, native, { recursive: true, verbatimSymlinks: true, filter: isNeeded });
      const options = {
        dataDir: path.join(clone, 'data'),
        log,
        sharedRoots: [shared],
        binaries: { ...installed, native },
      };

      const server = await startEmbeddedServer(options);
      const link = path.join(clone, 'data', 'database');
      const clusterDir = await readlink(link);
      expect(clusterDir.startsWith(path.join(shared, 'atrium'))).toBe(true);
      expect((await stat(path.join(link, 'PG_VERSION'))).uid).toBe((await unprivilegedAccount()).uid);
      expect((await stat(clusterDir)).mode & 0o777).toBe(0o700);
      await server.stop();

      const again = await startEmbeddedServer(options);
      expect(await readlink(link)).toBe(clusterDir);
      await again.stop();
    });
  });
}

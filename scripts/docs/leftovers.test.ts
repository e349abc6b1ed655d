import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { fencesOf, sectionOf } from './markdown.ts';
import { runSteps } from './tour.ts';

const text = readFileSync(path.resolve(import.meta.dirname, '../../docs/operations.md'), 'utf8');
const [remove, find] = fencesOf(sectionOf(text, 'Starting over')).map((fence) => fence.text);

let root: string;
beforeEach(() => {
  root = mkdtempSync(path.join(tmpdir(), 'atrium-leftovers-'));
});
afterEach(() => rmSync(root, { recursive: true }));

/** A data directory in `folder` whose database lies in the shared place, as for root. @returns where it lies */
function placed(folder: string, name: string): string {
  const home = path.join(root, 'atrium', name);
  const data = path.join(root, folder, 'data');
  mkdirSync(path.join(home, 'database'), { recursive: true });
  mkdirSync(data, { recursive: true });
  writeFileSync(path.join(home, 'origin'), `${data}\n`);
  symlinkSync(path.join(home, 'database'), path.join(data, 'database'));
  return home;
}

const run = async (commands = '', folder = '.') => {
  const step = { commands: commands.replaceAll('/var/lib/atrium', path.join(root, 'atrium')), expected: '', line: 0 };
  const [output] = await runSteps([step], { cwd: path.join(root, folder), env: { PATH: process.env.PATH } });
  return output;
};

it('starting over deletes the database, and nothing of other instances', async () => {
  const [mine, other] = [placed('mine', 'aaa-1'), placed('other', 'bbb-2')];
  await run(remove, 'mine');
  expect([mine, path.join(root, 'mine/data'), other].map((at) => existsSync(at))).toEqual([false, false, true]);
});

it('starting over keeps what an administrator linked elsewhere', async () => {
  const disk = path.join(root, 'disk');
  mkdirSync(path.join(disk, 'database'), { recursive: true });
  mkdirSync(path.join(root, 'mine/data'), { recursive: true });
  symlinkSync(path.join(disk, 'database'), path.join(root, 'mine/data/database'));
  await run(remove, 'mine');
  expect(existsSync(path.join(disk, 'database'))).toBe(true);
  expect(existsSync(path.join(root, 'mine/data'))).toBe(false);
});

it('lists databases whose data directory is gone, and no others', async () => {
  placed('mine', 'aaa-1');
  const gone = placed('gone', 'bbb-2');
  const again = placed('again', 'ccc-3');
  rmSync(path.join(root, 'gone'), { recursive: true });
  rmSync(path.join(root, 'again'), { recursive: true });
  placed('again', 'ddd-4');
  expect(await run(find)).toBe(
    `${gone} was of ${path.join(root, 'gone/data')}\n${again} was of ${path.join(root, 'again/data')}\n`,
  );
});

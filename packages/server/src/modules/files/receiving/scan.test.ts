import { chmod, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { filesWorld } from '../test/world.ts';
import { createScan } from './scan.ts';

let directory: string;
let scanner: string;
beforeAll(async () => {
  directory = await mkdtemp(path.join(tmpdir(), 'atrium-scan-'));
  scanner = path.join(directory, 'scanner');
  await writeFile(
    scanner,
    '#!/bin/sh\n[ "$1" = --quiet ] || exit 9\ngrep -q EICAR "$2" && exit 1\ngrep -q BROKEN "$2" && exit 2\nexit 0\n',
  );
  await chmod(scanner, 0o700);
});
afterAll(() => rm(directory, { recursive: true, force: true }));

const file = (content: string) => [{ name: 'a.txt', type: 'text/plain', content }];

it('stores what the scanner lets through, and nothing that it refuses or cannot scan', async () => {
  const world = await filesWorld({ env: { SCAN_COMMAND: `${scanner} --quiet` } });
  const answers = [];
  for (const content of ['clean', 'EICAR', 'BROKEN']) answers.push(await world.send(file(content)));
  expect(answers.map(({ status, body }) => [status, body.code])).toEqual([
    [201, undefined],
    [400, 'bad_type'],
    [503, 'unavailable'],
  ]);
  const { items } = await world.ann.call('attachments.ofTask', { taskId: world.taskId });
  expect(items).toHaveLength(1);
  await world.close();
});

it('stores nothing when the scanner is not there', async () => {
  const scan = createScan(path.join(directory, 'nothing'));
  await expect(scan({ path: scanner, filename: 'a.txt' })).rejects.toMatchObject({ code: 'unavailable' });
});

it('is off unless a command is given', async () => {
  await expect(createScan(undefined)({ path: '/nowhere', filename: 'a.txt' })).resolves.toBeUndefined();
});

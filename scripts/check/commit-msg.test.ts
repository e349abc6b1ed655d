import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterAll, expect, test } from 'vitest';

const HOOK = path.resolve(import.meta.dirname, '../../.githooks/commit-msg');
const folder = mkdtempSync(path.join(os.tmpdir(), 'atrium-commit-msg-'));
afterAll(() => rmSync(folder, { recursive: true }));

/** Runs the hook on a commit message. @returns its exit code */
function check(message: string): number | null {
  const file = path.join(folder, 'message');
  writeFileSync(file, message);
  return spawnSync('sh', [HOOK, file]).status;
}

test.each([
  ['a subject of 72 characters', 'a'.repeat(72), 0],
  ['a subject of 73 characters', 'a'.repeat(73), 1],
  ['72 characters of more than one byte', 'ü'.repeat(72), 0],
  ['a long body', `Delete a batch\n\n${'why '.repeat(50)}`, 0],
  ['comments before the subject', `# ${'a'.repeat(80)}\nDelete a batch`, 0],
  ['a long subject after an empty line', `\n${'a'.repeat(73)}`, 1],
  ['a revert of a long subject', `Revert "${'a'.repeat(72)}"`, 0],
])('%s', (_, message, code) => {
  expect(check(message)).toBe(code);
});

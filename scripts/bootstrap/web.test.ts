import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';

const { webFingerprint } = await import(new URL('./web.mjs', import.meta.url).href);

let root: string;
function write(file: string, text: string): void {
  mkdirSync(path.dirname(path.join(root, file)), { recursive: true });
  writeFileSync(path.join(root, file), text);
}
beforeEach(() => {
  root = mkdtempSync(path.join(tmpdir(), 'atrium-web-'));
  write('package.json', JSON.stringify({ devDependencies: { node: '24.0.0' } }));
  write('package-lock.json', '{}');
  write('packages/web/src/app/app.tsx', 'one');
});
afterEach(() => rmSync(root, { recursive: true }));

it.each([
  ['a source of the app', 'packages/web/src/app/app.tsx', 'two'],
  ['a new file', 'packages/web/src/live/client.ts', ''],
  ['the SDK', 'packages/client/src/index.ts', ''],
  ['the contract', 'packages/protocol/src/chat/message.ts', ''],
  ['a dependency', 'package-lock.json', '{"packages":{}}'],
  ['the Node that builds', 'package.json', JSON.stringify({ devDependencies: { node: '24.1.0' } })],
])('wants another build after %s has changed', (_what, file, text) => {
  const before = webFingerprint(root);
  write(file, text);
  expect(webFingerprint(root)).not.toBe(before);
});

it.each([
  ['a test', 'packages/web/src/app/app.test.ts'],
  ['the server', 'packages/server/src/app.ts'],
  ['what a build writes', 'packages/web/dist/index.html'],
])('wants no other build after %s has changed', (_what, file) => {
  const before = webFingerprint(root);
  write(file, 'other');
  expect(webFingerprint(root)).toBe(before);
});

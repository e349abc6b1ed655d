import { globSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { operations } from '@atrium/protocol';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type TestApp, testApp } from '../test/app.ts';
import { snapshotParts } from './modules/streams/operations.ts';

/** Where the bodies of rendered events are declared, by the type of the event. */
function renderedBodies(): Map<string, string> {
  const found = new Map<string, string>();
  for (const file of globSync('modules/**/*.ts', { cwd: import.meta.dirname })) {
    const text = readFileSync(path.join(import.meta.dirname, file), 'utf8');
    const [, bodies = ''] = /interface RenderedBodies \{\n(.*?)\n {2}\}/s.exec(text) ?? [];
    for (const [, quoted, plain] of bodies.matchAll(/^ {4}(?:'([^']+)'|(\w+)):/gm)) {
      found.set(quoted ?? plain ?? '', `packages/server/src/${file}`);
    }
  }
  return found;
}

let app: TestApp;
beforeAll(async () => {
  app = await testApp();
});
afterAll(() => app?.close());

describe('the modules of the program', () => {
  it('implement every operation of the contract once', () => {
    const given = app.app.modules.flatMap((module) => module.operations.map(({ operation }) => operation.name));
    const missing = operations.filter(({ name }) => !given.includes(name)).map(({ name }) => name);
    const where = 'implementations are in `operations` of a module that is listed in packages/server/src/modules.ts';
    expect(missing, where).toEqual([]);
    expect(given.filter((name, at) => given.indexOf(name) < at)).toEqual([]);
  });

  it('give every part of the snapshot, or the program says where it is missing', () => {
    const others = app.app.modules.filter(({ name }) => name !== 'reminders');
    expect(() => snapshotParts({ all: () => others })).toThrow(
      'No module gives reminders of the snapshot. Parts are in `snapshot` of a module that is listed in packages/server/src/modules.ts.',
    );
  });

  it('render every event that is stored as ids', () => {
    const bodies = renderedBodies();
    expect(bodies.size).toBeGreaterThan(30);
    const rendered = new Set(app.app.modules.flatMap((module) => Object.keys(module.renderers ?? {})));
    const missing = [...bodies].filter(([type]) => !rendered.has(type));
    expect(missing.map(([type, file]) => `${type}: add a renderer to \`renderers\` of the module of ${file}`)).toEqual(
      [],
    );
  });
});

import { readFileSync } from 'node:fs';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Database } from '../../packages/server/src/platform/database/index.ts';
import { testDatabase } from '../../packages/server/test/database.ts';
import { fencesOf, sectionOf } from './markdown.ts';
import { matches, runSteps, startServer, stepsOf } from './tour.ts';

const root = path.resolve(import.meta.dirname, '../..');
const read = (name: string) => readFileSync(path.join(root, name), 'utf8');
const readme = read('README.md');
const WEBHOOKS = 'docs/guides/webhooks.md';
const ENDPOINTS = 'docs/guides/webhook-endpoints.md';
const FILES = 'docs/guides/files.md';
const IMPORTING = 'docs/guides/importing.md';
const ASSISTANTS = 'docs/guides/assistants.md';
const WITH_CURL = 'A one-minute tour with curl';
const WITH_SDK = 'The same, live, with the SDK';

describe('what is compared', () => {
  it('takes … for anything within one line and everything else as it stands', () => {
    expect(matches('{"id":"1","n":[3]}\nBen\n', '{"id":"…","n":[3]}\nBen\n')).toBe(true);
    expect(matches('{"id":"1","n":[4]}\nBen\n', '{"id":"…","n":[3]}\nBen\n')).toBe(false);
    expect(matches('one\ntwo\n', '…\n')).toBe(false);
    expect(matches('one\n', '')).toBe(false);
  });

  it('joins commands with the output that follows them', () => {
    const text = '## Here\n\n```sh\none\n```\n\n```text\n1\n```\n\n```sh\ntwo\n```\n\n## There\n\n```sh\nthree\n```\n';
    expect(stepsOf(sectionOf(text, 'Here'))).toEqual([
      { commands: 'one\n', expected: '1\n', line: 4 },
      { commands: 'two\n', expected: '', line: 12 },
    ]);
  });
});

describe('a document', () => {
  let database: Database;
  let server: Awaited<ReturnType<typeof startServer>>;
  beforeAll(async () => {
    database = await testDatabase();
    server = await startServer(root, database.url);
  });
  afterAll(async () => {
    await server.stop();
    await database.close();
  });

  it.each([
    ['README.md', WITH_CURL, sectionOf(readme, WITH_CURL)],
    ['README.md', WITH_SDK, sectionOf(readme, WITH_SDK)],
    [WEBHOOKS, 'as a whole', read(WEBHOOKS)],
    [ENDPOINTS, 'as a whole', read(ENDPOINTS)],
    [FILES, 'as a whole', read(FILES)],
    [IMPORTING, 'as a whole', read(IMPORTING)],
    [ASSISTANTS, 'as a whole', read(ASSISTANTS)],
  ])(
    'does what it says: %s, %s',
    async (name, _, text) => {
      const steps = stepsOf(text);
      expect(steps.length).toBeGreaterThan(0);
      const outputs = await runSteps(steps, { cwd: root, env: { ...process.env, ...server.env, ATRIUM: server.url } });
      expect(outputs).toHaveLength(steps.length);
      for (const [at, { expected, line }] of steps.entries()) {
        const output = outputs[at] ?? '';
        expect(matches(output, expected), `${name}:${line} printed\n${output}instead of\n${expected}`).toBe(true);
      }
    },
    240_000,
  );

  it('stops at a refusal instead of going on with nothing', async () => {
    const [helpers] = stepsOf(sectionOf(readme, WITH_CURL));
    const login = `api /auth/login -d '{"email":"nobody@example.org","password":"nothing at all"}'`;
    const commands = `${helpers?.commands}{ ${login} | pick accessToken || echo refused; } 2>&1\n`;
    const options = { cwd: root, env: { ...process.env, ATRIUM: server.url } };
    const outputs = await runSteps([{ commands, expected: '', line: 0 }], options);
    expect(outputs).toEqual(['STOP: The email or password is incorrect\nrefused\n']);
  });

  it('shows the example as it stands in its file', () => {
    const example = read('packages/client/examples/two-people.ts');
    const shown = fencesOf(sectionOf(readme, WITH_SDK)).filter(({ language }) => language === 'ts');
    expect(shown).toHaveLength(1);
    expect(example).toContain(shown[0]?.text);
  });
});

import { spawn } from 'node:child_process';
import { once } from 'node:events';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Message } from '@atrium/protocol';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { zip } from '../../src/modules/files/test/zip.ts';
import { type ImportOffice, openImportOffice } from '../../src/modules/imports/test/office.ts';
import { inheritedEnv } from '../inherited-env.ts';
import { seededRandom } from './harness/random.ts';
import { report } from './harness/report.ts';
import { allowedMs, shortOrLong } from './harness/run-length.ts';
import { until } from './harness/until.ts';

const COMMAND = fileURLToPath(new URL('../../src/cli/main.ts', import.meta.url));
const MESSAGES = shortOrLong(300, 3_000);
const KILLS = shortOrLong(4, 20);
const CHANNELS = ['general', 'beds', 'fence'];

let office: ImportOffice;
let archive: string;
beforeAll(async () => {
  office = await openImportOffice();
  archive = await office.file('slack.zip', await zip(exported()));
}, 180_000);
afterAll(() => office?.close());

/** As Slack makes them. */
const fileId = (at: number) => `F0${String(at).padStart(6, '0')}`;
const contentOf = (at: number) => `Message ${at}`;
/** Every tenth one has a file, every seventh a reaction, and every third answers the one that its channel began with. */
function messageOf(at: number) {
  const second = Date.UTC(2026, 0, 5) / 1_000 + at;
  const root = Date.UTC(2026, 0, 5) / 1_000 + (at % CHANNELS.length);
  const isReply = at >= CHANNELS.length && at % 3 === 0;
  return {
    type: 'message',
    user: at % 2 === 0 ? 'U0ANN' : 'U0CAT',
    text: contentOf(at),
    ts: `${second}.000000`,
    ...(isReply || at < CHANNELS.length ? { thread_ts: `${root}.000000` } : {}),
    ...(at % 7 === 0 ? { reactions: [{ name: '+1', users: ['U0ANN', 'U0CAT'], count: 2 }] } : {}),
    ...(at % 10 === 0 ? { files: [{ id: fileId(at), name: `${at}.txt`, mimetype: 'text/plain' }] } : {}),
  };
}

function exported(): Record<string, string> {
  const person = (id: string, name: string, email: string) => ({ id, name, profile: { real_name: name, email } });
  const all = Array.from({ length: MESSAGES }, (_, at) => at);
  const created = Date.UTC(2026, 0, 1) / 1_000;
  return {
    'users.json': JSON.stringify([
      person('U0ANN', 'Ann', 'ann@example.org'),
      person('U0CAT', 'Cat', 'cat@example.org'),
    ]),
    'channels.json': JSON.stringify(
      CHANNELS.map((name, at) => ({
        ...{ id: `C${at}`, name, created, creator: 'U0ANN', is_archived: false },
        ...{ members: ['U0ANN', 'U0CAT'], topic: { value: '' }, purpose: { value: '' } },
      })),
    ),
    ...Object.fromEntries(
      CHANNELS.map((name, channel) => [
        `${name}/2026-01-05.json`,
        JSON.stringify(all.filter((at) => at % CHANNELS.length === channel).map(messageOf)),
      ]),
    ),
    ...Object.fromEntries(
      all.filter((at) => at % 10 === 0).map((at) => [`__uploads/${fileId(at)}/${at}.txt`, `Content of ${at}`]),
    ),
  };
}

const count = async (text: string) => Number((await office.query<{ n: string }>(text))[0]?.n ?? 0);
const messages = () => count("select count(*) as n from message where content like 'Message %'");

async function everythingIn(conversationId: string): Promise<Message[]> {
  const all: Message[] = [];
  for (;;) {
    const after = all.at(-1)?.seq ?? 0;
    const { items } = await office.ann.call('messages.list', { conversationId, after, limit: 100 });
    if (items.length === 0) return all;
    all.push(...items);
  }
}

/** Starts the import as a process of its own, and kills it once it has written so much. @returns how much there is */
async function importKilledAt(written: number): Promise<number> {
  const { url } = office.app.database;
  const dataDir = path.join(path.dirname(archive), 'data');
  const args = ['import', 'slack', archive, '--workspace', office.workspaceId];
  const child = spawn(process.execPath, [COMMAND, ...args], {
    env: { ...inheritedEnv(), DATABASE_URL: url, DATA_DIR: dataDir, LOG_LEVEL: 'error' },
    stdio: 'ignore',
  });
  const ended = once(child, 'close');
  await until(
    async () => (await messages()) >= written || child.exitCode !== null,
    allowedMs(60_000),
    'it has written',
  );
  expect(child.exitCode, 'it was killed before its end').toBeNull();
  child.kill('SIGKILL');
  await ended;
  // What it had under way is rolled back by the database.
  await until(
    async () =>
      (await count(
        `select count(*) as n from pg_stat_activity where datname = current_database() and application_name = 'atrium command'`,
      )) === 0,
    allowedMs(10_000),
    'its connections are gone',
  );
  return messages();
}

test('an import that is killed again and again is completed by the next one: nothing double, nothing lost', async () => {
  const random = seededRandom('an import is killed');
  const left: number[] = [];
  for (let kill = 0; kill < KILLS; kill += 1) {
    const from = await messages();
    left.push(await importKilledAt(from + 1 + Math.floor((random() * (MESSAGES - from)) / (KILLS - kill + 1))));
  }
  report('killed imports', { left });
  expect(left.at(-1)).toBeLessThan(MESSAGES);
  const last = await office.run('slack', archive);
  expect(last.counts.message).toEqual({
    created: MESSAGES - (left.at(-1) ?? 0),
    present: left.at(-1),
    'left out': 0,
  });

  const { items } = await office.ann.call('conversations.list', { workspaceId: office.workspaceId });
  expect(items.map(({ name }) => name).sort()).toEqual([...CHANNELS].sort());
  // Who was there has read all of it.
  expect(items.map(({ unread }) => unread)).toEqual([0, 0, 0]);
  const read = await Promise.all(items.map(({ id }) => everythingIn(id)));
  const numberOf = ({ content }: Message) => Number(content.split(' ')[1]);
  const said = read.flat().toSorted((one, other) => numberOf(one) - numberOf(other));
  const all = Array.from({ length: MESSAGES }, (_, at) => at);
  expect(said.map(({ content }) => content)).toEqual(all.map(contentOf));
  expect(said.map(({ attachments = [] }) => attachments.length)).toEqual(all.map((at) => (at % 10 === 0 ? 1 : 0)));
  expect(said.map(({ reactions = [] }) => reactions.flatMap(({ userIds }) => userIds).length)).toEqual(
    all.map((at) => (at % 7 === 0 ? 2 : 0)),
  );
  const isReply = (at: number) => at >= CHANNELS.length && at % 3 === 0;
  expect(said.map(({ threadId }) => threadId)).toEqual(all.map((at) => (isReply(at) ? said[0]?.id : undefined)));
  expect(await count("select count(*) as n from account where email = 'cat@example.org'")).toBe(1);
  expect((await office.run('slack', archive)).counts.message).toEqual({
    created: 0,
    present: MESSAGES,
    'left out': 0,
  });
}, 240_000);

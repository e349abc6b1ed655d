import { execFile } from 'node:child_process';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { expect, onTestFinished, test } from 'vitest';
import { inheritedEnv } from '../inherited-env.ts';
import { checkAcknowledged, checkStored } from './harness/checkers.ts';
import { urlOfEmbedded } from './harness/embedded-url.ts';
import { readFacts } from './harness/facts.ts';
import { History } from './harness/history.ts';
import { Participant } from './harness/participant.ts';
import { seededRandom } from './harness/random.ts';
import { report } from './harness/report.ts';
import { shortOrLong } from './harness/run-length.ts';
import { type Scene, setUpScene, startTraffic } from './harness/scene.ts';
import { startServer } from './harness/server.ts';
import { until } from './harness/until.ts';
import { headsOf, settle, verify } from './harness/verify.ts';
import { freePort, workDirectory } from './harness/work-directory.ts';

const run = promisify(execFile);
const COMMAND = fileURLToPath(new URL('../../src/cli/main.ts', import.meta.url));
const SENDS = shortOrLong(15, 150);

test('F25 an instance restored from a backup under load passes every check under load', {
  timeout: shortOrLong(120_000, 400_000),
}, async () => {
  const random = seededRandom('F25');
  const directory = await workDirectory(onTestFinished);
  const [dataDir, restoredDir] = [path.join(directory, 'data'), path.join(directory, 'restored')];
  const file = path.join(directory, 'atrium.backup');
  const port = await freePort();
  // In a process of its own, so that people go on meanwhile. Rejects unless it succeeds.
  const command = (dir: string, ...args: string[]) =>
    run(process.execPath, [COMMAND, ...args], {
      cwd: directory,
      env: { ...inheritedEnv(), DATA_DIR: dir, BACKUP_PASSPHRASE: 'the passphrase of this test' },
    });
  const first = startServer({ dataDir, port });
  await first.ready();
  const scene = await setUpScene({
    url: first.url,
    databaseUrl: await urlOfEmbedded(dataDir),
    random,
    cleanup: onTestFinished,
  });
  const talk = startTraffic(scene, random, SENDS);
  await until(
    () => scene.history.commands().length > SENDS,
    30_000,
    () => 'there is traffic',
  );
  const before = scene.history.commands().filter(({ outcome }) => outcome.kind === 'ok');
  await command(dataDir, 'backup', file, '--with-secrets');
  const during = scene.history.commands().length - before.length;
  await talk.finish();
  const sent = scene.history.commands();
  expect(during, 'control: people write during the backup').toBeGreaterThan(scene.participants.length);
  expect(await first.stop()).toBe(0);

  await command(restoredDir, 'restore', file);
  const second = startServer({ dataDir: restoredDir, port });
  await second.ready();
  const databaseUrl = await urlOfEmbedded(restoredDir);
  const facts = await readFacts(databaseUrl);
  expect(checkAcknowledged(before, facts.rows)).toEqual([]);
  expect(checkStored(sent, facts.rows)).toEqual([]);
  // Their clients are still there, with newer positions than the instance has.
  const isReset = () => scene.participants.every(({ resets }) => resets > 0);
  await until(isReset, 30_000, () => 'clients with newer state start over');

  const restored = await goOn(scene, { url: second.url, databaseUrl, random });
  const load = startTraffic(restored, random, SENDS);
  await load.finish();
  const settledMs = await settle(restored);
  expect(await verify(restored)).toEqual([]);
  const commands = restored.history.commands();
  expect(commands.length).toBeGreaterThanOrEqual(SENDS * restored.participants.length);
  expect(commands.filter(({ outcome }) => outcome.kind !== 'ok')).toEqual([]);
  report('F25', { before: before.length, during, sent: sent.length, afterwards: commands.length, settledMs });
  expect(await second.stop()).toBe(0);
});

/** The same people, who are still signed in, in a new channel of the restored instance, with new clients. */
async function goOn(
  { members, workspaceId }: Scene,
  { databaseUrl, random, url }: { databaseUrl: string; random: ReturnType<typeof seededRandom>; url: string },
): Promise<Scene> {
  const [owner] = members;
  if (owner === undefined) throw new RangeError('A scene needs people.');
  const { id: conversationId } = await owner.client.api.conversations.create({
    workspaceId,
    kind: 'channel',
    name: 'restored',
    memberIds: members.slice(1).map(({ userId }) => userId),
  });
  const history = new History();
  const participants = members.map(
    (member) =>
      new Participant({ name: `${member.name} again`, url, member, history, random, deliveredReceipts: true }),
  );
  onTestFinished(() => {
    for (const participant of participants) participant.close();
  });
  await Promise.all(participants.map(({ client }) => client.connect()));
  const stream = `conversation:${conversationId}`;
  const since = await headsOf(databaseUrl, [stream]);
  return { members, workspaceId, conversationId, databaseUrl, history, participants, stream, since };
}

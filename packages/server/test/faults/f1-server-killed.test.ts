import path from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { findProcesses } from '../../src/platform/database/embedded/process-info.ts';
import { acknowledgedOnce, sameOrder } from './harness/checkers.ts';
import { urlOfEmbedded } from './harness/embedded-url.ts';
import { readFacts } from './harness/facts.ts';
import { allowed, inForm } from './harness/form.ts';
import { History } from './harness/history.ts';
import { NaiveTalker } from './harness/naive-talker.ts';
import { gather } from './harness/people.ts';
import { seeded } from './harness/random.ts';
import { report } from './harness/report.ts';
import { chatter, setScene } from './harness/scene.ts';
import { disturb } from './harness/schedule.ts';
import { startServer } from './harness/server.ts';
import { headsOf, settle, verify } from './harness/verify.ts';
import { freePort, workplace } from './harness/workplace.ts';

const SENDS = inForm(20, 150);
const KILLS = inForm(4, 20);
const ACKED_WITHIN_MS = allowed(15_000);

test('F1 killed again and again while 12 clients send, the server loses, doubles and swaps nothing', {
  timeout: inForm(90_000, 400_000),
}, async () => {
  const random = seeded('F1');
  const dataDir = path.join(await workplace(onTestFinished), 'data');
  const port = await freePort();
  let server = startServer({ dataDir, port });
  await server.ready();
  const databaseUrl = await urlOfEmbedded(dataDir);
  const twin = await startTwin(server.url, databaseUrl);
  const scene = await setScene({ url: server.url, databaseUrl, random, cleanup: onTestFinished, clients: 12 });
  const restart = async () => {
    await server.kill();
    server = startServer({ dataDir, port });
  };

  const talk = chatter(scene, random, SENDS);
  const struck = await disturb({
    random,
    count: KILLS,
    calmMs: [300, 2_000],
    faults: [
      { name: 'killed while serving', weight: 3, strike: async () => restart().then(() => server.ready()) },
      { name: 'killed and started', strike: restart },
    ],
  });
  await server.ready();
  const lastStart = performance.now();
  await talk.finish();
  const ackedMs = performance.now() - lastStart;
  const settledMs = await settle(scene);
  expect(await verify(scene)).toEqual([]);
  const commands = scene.history.commands();
  expect(commands.filter(({ outcome }) => outcome.kind !== 'ok')).toEqual([]);
  expect(ackedMs).toBeLessThan(ACKED_WITHIN_MS);
  expect(scene.talkers.filter(({ resets }) => resets > 0)).toEqual([]);

  const { doubled, missing } = await twin.finish();
  expect(missing, 'clients that do not resume must miss something').not.toEqual([]);
  report('F1', { struck, sent: commands.length, ackedMs, settledMs, twin: { doubled: doubled.length, missing } });
  expect(await server.stop()).toBe(0);
  expect(await findProcesses(dataDir)).toEqual([]);
});

/** Clients without ids and resume, in a channel of their own, under the same kills. */
async function startTwin(url: string, databaseUrl: string) {
  const team = await gather(url, 'eve', 'fay');
  const history = new History();
  const talkers = team.members.flatMap((member) =>
    [1, 2].map((device) => new NaiveTalker({ name: `${member.name}/${device}`, url, member, history })),
  );
  onTestFinished(() => {
    for (const talker of talkers) talker.close();
  });
  await Promise.all(talkers.map((talker) => talker.connect()));
  const stream = `conversation:${team.conversationId}`;
  const since = (await headsOf(databaseUrl, [stream])).get(stream) ?? 0;
  let goesOn = true;
  const talking = talkers.map(async (talker) => {
    while (goesOn) await talker.say(team.conversationId);
  });
  return {
    /** What its clients lost, and what they stored twice. */
    async finish() {
      goesOn = false;
      await Promise.all(talking);
      const { rows, streams } = await readFacts(databaseUrl);
      const views = talkers.map((talker) => talker.view(stream, since));
      return { missing: sameOrder(views, streams), doubled: acknowledgedOnce(history.commands(), rows) };
    },
  };
}

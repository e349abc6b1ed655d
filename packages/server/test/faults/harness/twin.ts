import { acknowledgedOnce, sameOrder } from './checkers.ts';
import { readFacts } from './facts.ts';
import { History } from './history.ts';
import { NaiveTalker } from './naive-talker.ts';
import { gather } from './people.ts';
import { headsOf } from './verify.ts';
import type { Cleanup } from './workplace.ts';

export interface TwinOptions {
  /** Where its clients connect, by turns. */
  urls: readonly [string, ...string[]];
  databaseUrl: string;
  cleanup: Cleanup;
}

/** Clients under the same faults as the others, in a channel of their own. */
export interface Twin {
  /** What its clients lost, and what they stored twice. */
  finish(): Promise<{ missing: string[]; doubled: string[] }>;
}

/** Starts the crippled twin of a test: clients without ids and resume that talk until it ends. */
export async function startTwin({ urls, databaseUrl, cleanup }: TwinOptions): Promise<Twin> {
  const team = await gather(urls[0], 'eve', 'fay');
  const history = new History();
  const talkers = team.members.flatMap((member) =>
    [0, 1].map((device) => {
      const url = urls[device % urls.length] ?? urls[0];
      return new NaiveTalker({ name: `${member.name}/${device}`, url, member, history });
    }),
  );
  cleanup(() => {
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
    async finish() {
      goesOn = false;
      await Promise.all(talking);
      const { rows, streams } = await readFacts(databaseUrl);
      const views = talkers.map((talker) => talker.view(stream, since));
      return { missing: sameOrder(views, streams), doubled: acknowledgedOnce(history.commands(), rows) };
    },
  };
}

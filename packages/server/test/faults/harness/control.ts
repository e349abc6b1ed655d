import { checkAcknowledged, checkOrder } from './checkers.ts';
import { readFacts } from './facts.ts';
import { History } from './history.ts';
import { NaiveParticipant } from './naive-participant.ts';
import { createTeam } from './people.ts';
import { headsOf } from './verify.ts';
import type { Cleanup } from './work-directory.ts';

export interface ControlOptions {
  /** Where its clients connect, in turn. */
  urls: readonly [string, ...string[]];
  databaseUrl: string;
  cleanup: Cleanup;
}

/** Clients under the same faults as the others, in a separate channel. */
export interface Control {
  /** What its clients lost, and what they stored twice. */
  finish(): Promise<{ missing: string[]; doubled: string[] }>;
}

/** Starts the control of a test: clients without ids and resume that send until it ends. */
export async function startControl({ urls, databaseUrl, cleanup }: ControlOptions): Promise<Control> {
  const team = await createTeam(urls[0], 'eve', 'fay');
  const history = new History();
  const participants = team.members.flatMap((member) =>
    [0, 1].map((device) => {
      const url = urls[device % urls.length] ?? urls[0];
      return new NaiveParticipant({ name: `${member.name}/${device}`, url, member, history });
    }),
  );
  cleanup(() => {
    for (const participant of participants) participant.close();
  });
  await Promise.all(participants.map((participant) => participant.connect()));
  const stream = `conversation:${team.conversationId}`;
  const since = (await headsOf(databaseUrl, [stream])).get(stream) ?? 0;
  let goesOn = true;
  const talking = participants.map(async (participant) => {
    while (goesOn) await participant.say(team.conversationId);
  });
  return {
    async finish() {
      goesOn = false;
      await Promise.all(talking);
      const { rows, streams } = await readFacts(databaseUrl);
      const views = participants.map((participant) => participant.view(stream, since));
      return { missing: checkOrder(views, streams), doubled: checkAcknowledged(history.commands(), rows) };
    },
  };
}

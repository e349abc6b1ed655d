import { setTimeout as sleep } from 'node:timers/promises';
import { History } from './history.ts';
import { gather, type Team } from './people.ts';
import { between, type Random } from './random.ts';
import { Talker } from './talker.ts';
import { headsOf, type Verification } from './verify.ts';
import type { Cleanup } from './workplace.ts';

export interface SceneOptions {
  /** Where accounts are made; also where clients connect, unless `urlOf` says otherwise. */
  url: string;
  databaseUrl: string;
  random: Random;
  cleanup: Cleanup;
  /** One person each; 4 unless given. */
  names?: string[];
  /** Devices in all, dealt out to the people; one each unless given. */
  clients?: number;
  /** Where the n-th client connects. */
  urlOf?: (at: number) => string;
  deliveredReceipts?: boolean;
  /** Also what only one person is told is compared, and the history that clients keep. */
  whole?: boolean;
}

/** People in a channel, connected, who have seen all there is. */
export interface Scene extends Verification, Team {
  talkers: Talker[];
  /** The channel's stream. */
  stream: string;
}

/** Registers people and connects their clients; from then on their views are complete. */
export async function setScene(options: SceneOptions): Promise<Scene> {
  const {
    cleanup,
    databaseUrl,
    names = ['ann', 'bob', 'cleo', 'dan'],
    random,
    url,
    deliveredReceipts = true,
  } = options;
  const team = await gather(url, ...names);
  const history = new History();
  const talkers = Array.from({ length: options.clients ?? names.length }, (_, at) => {
    const member = team.members[at % names.length];
    if (member === undefined) throw new RangeError('A scene needs people.');
    const name = `${member.name}/${at}`;
    return new Talker({ name, url: options.urlOf?.(at) ?? url, member, history, random, deliveredReceipts });
  });
  cleanup(() => {
    for (const talker of talkers) talker.close();
  });
  await Promise.all(talkers.map(({ client }) => client.connect()));
  const stream = `conversation:${team.conversationId}`;
  const streams = options.whole ? [stream, ...team.members.map(({ userId }) => `user:${userId}`)] : [stream];
  if (options.whole) await Promise.all(talkers.map(({ client }) => client.loadMessages(team.conversationId)));
  return { ...team, databaseUrl, history, talkers, stream, since: await headsOf(databaseUrl, streams) };
}

/** Talk that goes on until it is told to end, but at least for some messages of each client. */
export interface Chatter {
  /** Resolves when every message so far is answered. */
  finish(): Promise<void>;
}

/**
 * Lets every client send, one message after another.
 * @param least messages of each
 * @param pauseMs the longest pause between two
 * @param act what they do instead of sending a message
 */
export function chatter(
  scene: Scene,
  random: Random,
  least: number,
  pauseMs = 60,
  act: (talker: Talker) => Promise<unknown> = (talker) => talker.say(scene.conversationId),
): Chatter {
  let goesOn = true;
  const talking = scene.talkers.map(async (talker) => {
    for (let sent = 0; sent < least || goesOn; sent++) {
      await act(talker);
      await sleep(between(random, 0, pauseMs));
    }
  });
  return {
    async finish() {
      goesOn = false;
      await Promise.all(talking);
    },
  };
}

import { setTimeout as sleep } from 'node:timers/promises';
import { History } from './history.ts';
import { Participant } from './participant.ts';
import { createTeam, type Team } from './people.ts';
import { between, type Random } from './random.ts';
import { headsOf, type Verification } from './verify.ts';
import type { Cleanup } from './work-directory.ts';

export interface SceneOptions {
  /** Where accounts are created; also where clients connect, unless `urlOf` is given. */
  url: string;
  databaseUrl: string;
  random: Random;
  cleanup: Cleanup;
  /** One person each; 4 unless given. */
  names?: string[];
  /** Total number of devices, distributed over the people; one each unless given. */
  clients?: number;
  /** Where the n-th client connects. */
  urlOf?: (at: number) => string;
  deliveredReceipts?: boolean;
  /** Also compares events for one user, and the history that clients keep. */
  whole?: boolean;
}

/** People in a channel, connected, with up-to-date clients. */
export interface Scene extends Verification, Team {
  participants: Participant[];
  /** The channel's stream. */
  stream: string;
}

/** Registers people and connects their clients; from then on their views are complete. */
export async function setUpScene(options: SceneOptions): Promise<Scene> {
  const {
    cleanup,
    databaseUrl,
    names = ['ann', 'bob', 'cleo', 'dan'],
    random,
    url,
    deliveredReceipts = true,
  } = options;
  const team = await createTeam(url, ...names);
  const history = new History();
  const participants = Array.from({ length: options.clients ?? names.length }, (_, at) => {
    const member = team.members[at % names.length];
    if (member === undefined) throw new RangeError('A scene needs people.');
    const name = `${member.name}/${at}`;
    return new Participant({ name, url: options.urlOf?.(at) ?? url, member, history, random, deliveredReceipts });
  });
  cleanup(() => {
    for (const participant of participants) participant.close();
  });
  await Promise.all(participants.map(({ client }) => client.connect()));
  const stream = `conversation:${team.conversationId}`;
  const streams = options.whole ? [stream, ...team.members.map(({ userId }) => `user:${userId}`)] : [stream];
  if (options.whole) await Promise.all(participants.map(({ client }) => client.loadMessages(team.conversationId)));
  return { ...team, databaseUrl, history, participants, stream, since: await headsOf(databaseUrl, streams) };
}

/** Sending that continues until it is ended, with a minimum number of messages per client. */
export interface Traffic {
  /** Resolves when every message so far is answered. */
  finish(): Promise<void>;
}

/**
 * Makes every client send messages one after another.
 * @param least minimum number of messages per client
 * @param pauseMs the longest pause between two
 * @param act what they do instead of sending a message
 */
export function startTraffic(
  scene: Scene,
  random: Random,
  least: number,
  pauseMs = 60,
  act: (participant: Participant) => Promise<unknown> = (participant) => participant.say(scene.conversationId),
): Traffic {
  let goesOn = true;
  const talking = scene.participants.map(async (participant) => {
    for (let sent = 0; sent < least || goesOn; sent++) {
      await act(participant);
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

import { type AtriumClient, deliveryOf, type LiveEvent, type Message } from '@atrium/client';
import type { Player } from './cast.ts';
import { CLOSING, MEANWHILE, OPENING, type Speaker } from './dialogue.ts';
import type { Stage } from './stage.ts';

const COLOUR = { Ann: 'magenta', Ben: 'green' } as const;
const MS_PER_LETTER = 30;
const BETWEEN_LINES_MS = 700;
const SIGNAL_MS = 1_500;
const WITHIN_MS = 15_000;

/** Two people in one conversation; every line is printed when it has reached the other one. */
export class Talk {
  readonly #stage: Stage;
  readonly #conversationId: string;
  readonly #players: Readonly<Record<Speaker, Player>>;

  constructor(stage: Stage, conversationId: string, players: Readonly<Record<Speaker, Player>>) {
    this.#stage = stage;
    this.#conversationId = conversationId;
    this.#players = players;
  }

  /** Plays from the first line to the last. Throws AtriumError, or Error when a line never arrives. */
  async play(): Promise<void> {
    for (const [who, text] of OPENING) await this.#say(who, text);
    await this.#cutBen();
    for (const [who, text] of CLOSING) await this.#say(who, text);
  }

  async #say(who: Speaker, text: string): Promise<void> {
    const listener = this.#players[who === 'Ann' ? 'Ben' : 'Ann'];
    const { client } = this.#players[who];
    await client.live.call('typing.start', { conversationId: this.#conversationId });
    this.#stage.note(`${listener.name} sees: ${who} is typing…`);
    await this.#stage.pause(text.length * MS_PER_LETTER);
    const started = performance.now();
    const heard = this.#hears(listener.client, text);
    await client.send(this.#conversationId, text);
    const message = await heard;
    const { seq } = message;
    const took = (performance.now() - started).toFixed(0);
    listener.client.markRead(this.#conversationId, seq);
    const conversation = () => client.state.conversations[this.#conversationId] ?? { receipts: {} };
    await until(client, () => deliveryOf(conversation(), message).readBy.includes(listener.userId));
    this.#stage.says(who, COLOUR[who], text, `№ ${seq} · ${took} ms · read by ${listener.name}`);
    await this.#stage.pause(BETWEEN_LINES_MS);
  }

  async #cutBen(): Promise<void> {
    const { Ann, Ben } = this.#players;
    this.#stage.fact("— Ben's connection is cut —");
    Ben.client.live.close();
    for (const text of MEANWHILE) {
      const { seq } = await Ann.client.send(this.#conversationId, text);
      this.#stage.says('Ann', COLOUR.Ann, text, `№ ${seq} · stored`);
      await this.#stage.pause(BETWEEN_LINES_MS);
    }
    await this.#stage.pause(SIGNAL_MS);
    const heard: string[] = [];
    const last = this.#hears(Ben.client, MEANWHILE.at(-1) ?? '', (text) => heard.push(text));
    Ben.client.live.open();
    await last;
    const inOrder = heard.join('\n') === MEANWHILE.join('\n') ? 'once each, in order' : 'NOT as they were sent';
    this.#stage.fact(`— Ben is back: he resumed by number and got ${heard.length} messages, ${inOrder} —`);
    await this.#stage.pause(BETWEEN_LINES_MS);
  }

  /** Resolves when the text has come to someone; `each` sees what comes until then. */
  #hears(client: AtriumClient, text: string, each: (text: string) => void = () => undefined): Promise<Message> {
    return new Promise((resolve, reject) => {
      const end = (outcome: () => void) => {
        clearTimeout(timer);
        stop();
        outcome();
      };
      const stop = client.on('event', (event: LiveEvent) => {
        if (event.type !== 'message:receive' || event.data.conversationId !== this.#conversationId) return;
        each(event.data.content);
        if (event.data.content === text) end(() => resolve(event.data));
      });
      const timer = setTimeout(() => end(() => reject(new Error(`Nobody heard "${text}"`))), WITHIN_MS);
    });
  }
}

/** Resolves when the client's state is so. */
function until(client: AtriumClient, isSo: () => boolean): Promise<void> {
  return new Promise((resolve, reject) => {
    const check = () => {
      if (!isSo()) return;
      clearTimeout(timer);
      stop();
      resolve();
    };
    const stop = client.on('change', check);
    const timer = setTimeout(() => {
      stop();
      reject(new Error('The other one never read it'));
    }, WITHIN_MS);
    check();
  });
}

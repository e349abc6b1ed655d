import { setTimeout as sleep } from 'node:timers/promises';
import { AtriumError, type InputNamed, type Message, type OperationName } from '@atrium/client';
import type { Action } from './checkers.ts';
import type { Participant } from './participant.ts';
import type { Random } from './random.ts';

/** If a participant cannot be reached for this long, the outcome is unknown. */
const GIVE_UP_MS = 60_000;
const AGAIN_MS = 100;

export interface ActionRunnerOptions {
  participant: Participant;
  conversationId: string;
  random: Random;
}

/**
 * Makes a participant do everything that people do in a conversation: send messages, reply, mention everyone, and make
 * changes. What it changes is its own and new each time, or has a unique name, so that the trace of each action is
 * unique. Everything is sent with one key until there is an answer.
 */
export class ActionRunner {
  readonly actions: Action[] = [];
  /** The last acknowledged read mark. */
  readSeq = 0;
  readonly #participant: Participant;
  readonly #conversationId: string;
  readonly #random: Random;
  /** Messages of its own with which nothing was done yet. */
  readonly #untouched: Message[] = [];
  #counter = 0;

  constructor({ participant, conversationId, random }: ActionRunnerOptions) {
    this.#participant = participant;
    this.#conversationId = conversationId;
    this.#random = random;
  }

  /** Sends a message, or does something with a sent one. Never rejects. */
  async act(): Promise<void> {
    if (this.#untouched.length > 0 && this.#random() < 0.5) await this.change();
    else await this.say();
  }

  /** Does something with a sent message. Never rejects. */
  async change(): Promise<void> {
    const message = this.#takeUntouched();
    if (message === undefined) return;
    const acts = [
      () => this.#edit(message),
      () => this.#do('messages.delete', { messageId: message.id }, `message:deleted ${message.id}`),
      // With one of its own: another's may be deleted meanwhile, and its reactions then leave no trace.
      () => this.#react(message),
      () => this.#pin(message),
      () => this.#save(message),
      () => this.#draft(message),
      () => this.#read(),
    ];
    await this.#choose(acts)?.();
  }

  /** Sends a message: a plain one, in a thread, or to everyone. */
  async say(): Promise<void> {
    const chance = this.#random();
    const root = chance < 0.1 ? this.#anyMessage() : undefined;
    const said = await this.#participant.say(
      this.#conversationId,
      chance > 0.95 ? '~ @channel' : '',
      root ? { replyTo: root.id } : {},
    );
    if (said) this.#untouched.push(said);
  }

  async #edit(message: Message): Promise<void> {
    const content = this.#name();
    await this.#do('messages.update', { messageId: message.id, content }, `edit ${content}`);
  }

  async #react({ id: messageId }: Message): Promise<void> {
    const emoji = `:${this.#name().replace(/\W/g, '_')}:`;
    if (!(await this.#do('reactions.add', { messageId, emoji }, `reaction:added ${emoji}`))) return;
    if (this.#random() < 0.5) await this.#do('reactions.remove', { messageId, emoji }, `reaction:removed ${emoji}`);
  }

  async #pin({ id: messageId }: Message): Promise<void> {
    const pin = { conversationId: this.#conversationId, messageId };
    if (!(await this.#do('pins.add', pin, `pin:added ${messageId}`))) return;
    // The number of pins is limited.
    if (this.#random() < 0.8) await this.#do('pins.remove', pin, `pin:removed ${messageId}`);
  }

  async #save({ id: messageId }: Message): Promise<void> {
    if (!(await this.#do('saved.add', { messageId }, `saved:added ${messageId}`))) return;
    if (this.#random() < 0.5) await this.#do('saved.remove', { messageId }, `saved:removed ${messageId}`);
  }

  /** In a separate thread, so that it can be told from all others; there is none if the message is a reply. */
  async #draft({ id: threadId, threadId: inThread }: Message): Promise<void> {
    if (inThread !== undefined) return;
    const draft = { conversationId: this.#conversationId, threadId, content: this.#name() };
    await this.#do('drafts.set', draft, `draft:updated ${threadId}`);
  }

  /** Moves the marks of the conversation and of a thread; they leave no separate trace, but a position. */
  async #read(): Promise<void> {
    const readSeq = this.#anyMessage()?.seq ?? 0;
    const marks = await this.#do('messages.ack', { conversationId: this.#conversationId, readSeq });
    if (marks) this.readSeq = Math.max(this.readSeq, readSeq);
    const root = this.#choose(this.#known().filter(({ thread }) => thread !== undefined));
    if (root?.thread) await this.#do('threads.read', { messageId: root.id, readSeq: root.thread.lastReplySeq });
  }

  /** @param trace its trace in the database, if it was done. @returns whether it was */
  async #do<Name extends OperationName>(name: Name, input: InputNamed<Name>, trace?: string): Promise<boolean> {
    const action: Action = { client: this.#participant.name, name, trace, outcome: 'unknown' };
    this.actions.push(action);
    const key = crypto.randomUUID();
    const start = performance.now();
    while (performance.now() - start < GIVE_UP_MS) {
      try {
        await this.#participant.client.call(name, input, { key });
        action.outcome = 'ok';
        return true;
      } catch (error) {
        if (error instanceof AtriumError && error.status >= 400 && error.status < 500 && error.code !== 'in_progress') {
          action.outcome = 'fail';
          action.code = error.code;
          return false;
        }
        await sleep(AGAIN_MS);
      }
    }
    return false;
  }

  #name(): string {
    this.#counter += 1;
    return `${this.#participant.name} action ${this.#counter}`;
  }

  #known(): readonly Message[] {
    return this.#participant.client.state.messages[this.#conversationId]?.items ?? [];
  }

  #anyMessage(): Message | undefined {
    return this.#choose(this.#known());
  }

  #takeUntouched(): Message | undefined {
    return this.#untouched.splice(Math.floor(this.#random() * this.#untouched.length), 1)[0];
  }

  #choose<Thing>(things: readonly Thing[]): Thing | undefined {
    return things[Math.floor(this.#random() * things.length)];
  }
}

/** How often each word is in the list. */
export function countBy(words: readonly string[]): Record<string, number> {
  return Object.fromEntries([...Map.groupBy(words, (word) => word)].map(([word, all]) => [word, all.length]));
}

import type { Problem } from '@atrium/protocol';
import type { OperationName } from '../api-names.ts';
import { AtriumError } from '../error.ts';
import { Lanes } from './lanes.ts';
import type { OutboxStorage } from './storage.ts';

/** A command that is carried out once, as soon as the server can be reached. Plain data, stored before it is sent. */
export interface CommandIntent {
  /** The idempotency key: however often it is sent, it is carried out once. */
  key: string;
  name: OperationName;
  input: Readonly<Record<string, unknown>>;
  /** Commands of one queue are sent one after another, in the order in which they were added. */
  queue: string;
  /** Milliseconds since 1970, by this machine's clock. */
  createdAt: number;
  /** It was sent at least once, and may have been carried out. */
  tried?: boolean;
  /** The final refusal. */
  problem?: Problem;
  /** It has waited so long that the server may no longer know whether it was carried out. */
  outdated?: boolean;
}

/** A command of the user that the server has not answered yet, or has refused. */
export interface QueuedCommand extends Readonly<CommandIntent> {
  /** `failed`: it stays until it is retried or discarded. */
  readonly status: 'waiting' | 'failed';
}

export interface CommandQueueOptions {
  storage: OutboxStorage<CommandIntent>;
  /** One delivery; may try several times itself. Throws AtriumError. @returns the answer */
  deliver(intent: CommandIntent, signal: AbortSignal): Promise<unknown>;
  now(): number;
  newKey(): string;
  onChange(): void;
  onError(error: unknown): void;
  /** In [0, 1); for the jitter of waits. */
  random: () => number;
}

interface Waiter {
  resolve(answer: unknown): void;
  reject(error: unknown): void;
}

/** The server stores answers for seven days; after six, a command that may have run is not sent again. */
const SAFE_TO_REPEAT_MS = 6 * 24 * 3_600_000;

/** Carries out commands once, in order, despite lost connections and restarts of the program. */
export class CommandQueue {
  readonly #options: CommandQueueOptions;
  readonly #lanes: Lanes<QueuedCommand>;
  readonly #waiters = new Map<string, Waiter>();
  #commands: readonly QueuedCommand[] = [];

  constructor(options: CommandQueueOptions) {
    this.#options = options;
    this.#lanes = new Lanes({
      next: (queue) => this.#commands.find((each) => each.status === 'waiting' && each.queue === queue),
      deliver: (command, signal) => this.#deliver(command, signal),
      refused: ({ key }, error) => this.#fail(key, error),
      onError: options.onError,
      random: options.random,
    });
  }

  /** In the order in which they were added. */
  get commands(): readonly QueuedCommand[] {
    return this.#commands;
  }

  /** Loads the commands that an earlier run has stored. */
  async restore(): Promise<void> {
    const known = new Set(this.#commands.map(({ key }) => key));
    const stored = (await this.#options.storage.load()).filter(({ key }) => !known.has(key));
    if (stored.length === 0) return;
    const left = stored.map(
      (intent): QueuedCommand => ({ ...intent, status: hasFailed(intent) ? 'failed' : 'waiting' }),
    );
    this.#set([...left, ...this.#commands].sort((one, other) => one.createdAt - other.createdAt));
    for (const { queue } of left) this.#lanes.start(queue);
  }

  /** @returns the answer; rejects if the command is finally refused or discarded */
  async add(intent: CommandIntent): Promise<unknown> {
    this.#set([...this.#commands, { ...intent, status: 'waiting' }]);
    const answer = new Promise<unknown>((resolve, reject) => {
      this.#waiters.set(intent.key, { resolve, reject });
    });
    await this.#store(intent);
    this.#lanes.start(intent.queue);
    return answer;
  }

  /** Sends a failed one again, after the waiting ones; an outdated one as a new command. */
  async retry(key: string): Promise<void> {
    const failed = this.#find(key);
    if (failed?.status !== 'failed') return;
    const { outdated, problem: _, status: __, tried: ___, ...rest } = failed;
    const intent = outdated ? { ...rest, key: this.#options.newKey(), createdAt: this.#options.now() } : rest;
    this.#set([...this.#commands.filter((each) => each !== failed), { ...intent, status: 'waiting' }]);
    await this.#store(intent);
    if (intent.key !== key) await this.#forget(key);
    this.#lanes.start(intent.queue);
  }

  /** Discards a command. What the server has already done is not reverted. */
  async discard(key: string): Promise<void> {
    if (this.#find(key) === undefined) return;
    this.#remove(key);
    this.#settle(key, ({ reject }) => reject(new AtriumError('aborted', 'The command was discarded')));
    await this.#forget(key);
  }

  /** Deletes everything, including the storage: the user has signed out. */
  async clear(): Promise<void> {
    await Promise.all(this.#commands.map(({ key }) => this.discard(key)));
  }

  close(): void {
    this.#lanes.close();
    for (const key of [...this.#waiters.keys()]) {
      this.#settle(key, ({ reject }) => reject(new AtriumError('closed', 'The client is closed')));
    }
  }

  async #deliver(command: QueuedCommand, signal: AbortSignal): Promise<void> {
    const { status: _, ...intent } = command;
    const { deliver, now } = this.#options;
    if (command.tried && now() - command.createdAt > SAFE_TO_REPEAT_MS) return this.#outdate(intent);
    if (!command.tried) await this.#store({ ...intent, tried: true });
    this.#change(command.key, { tried: true });
    const answer = await deliver(intent, signal);
    this.#remove(command.key);
    this.#settle(command.key, ({ resolve }) => resolve(answer));
    await this.#forget(command.key);
  }

  async #outdate(intent: CommandIntent): Promise<void> {
    this.#change(intent.key, { status: 'failed', outdated: true });
    this.#settle(intent.key, ({ reject }) =>
      reject(new AtriumError('network', 'The command waited too long for the server')),
    );
    await this.#store({ ...intent, outdated: true });
  }

  async #fail(key: string, error: unknown): Promise<void> {
    const command = this.#find(key);
    if (command === undefined) return;
    const { status: _, ...intent } = command;
    const problem = error instanceof AtriumError ? error.problem : undefined;
    this.#change(key, { status: 'failed', ...(problem ? { problem } : {}) });
    this.#settle(key, ({ reject }) => reject(error));
    // Commands without a problem are not kept: they would be sent again at the next start.
    await (problem ? this.#store({ ...intent, problem }) : this.#forget(key));
  }

  async #store(intent: CommandIntent): Promise<void> {
    // A full disk must not prevent a command from being sent.
    await this.#options.storage.put(intent).catch((error: unknown) => this.#options.onError(error));
  }

  async #forget(key: string): Promise<void> {
    await this.#options.storage.remove(key).catch((error: unknown) => this.#options.onError(error));
  }

  #settle(key: string, outcome: (waiter: Waiter) => void): void {
    const waiter = this.#waiters.get(key);
    this.#waiters.delete(key);
    if (waiter) outcome(waiter);
  }

  #find(key: string): QueuedCommand | undefined {
    return this.#commands.find((each) => each.key === key);
  }

  #change(key: string, change: Partial<QueuedCommand>): void {
    this.#set(this.#commands.map((each) => (each.key === key ? { ...each, ...change } : each)));
  }

  #remove(key: string): void {
    this.#set(this.#commands.filter((each) => each.key !== key));
  }

  #set(commands: readonly QueuedCommand[]): void {
    this.#commands = commands;
    this.#options.onChange();
  }
}

function hasFailed({ outdated, problem }: CommandIntent): boolean {
  return problem !== undefined || outdated === true;
}

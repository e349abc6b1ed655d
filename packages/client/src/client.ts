import type { Api, Challenge, Me, Message } from '@atrium/protocol';
import { totalAt } from '@atrium/protocol/total';
import type { InputNamed, OperationName, OutputNamed } from './api-names.ts';
import type { ClientEvents } from './client-events.ts';
import type { ClientState } from './client-state.ts';
import { systemNow } from './clock.ts';
import { AtriumError } from './error.ts';
import type { HistoryQuery, ThreadQuery } from './history.ts';
import type { CallOptions } from './http/rest.ts';
import type { Live } from './live/live.ts';
import { whenReady } from './live/ready.ts';
import type { ClientOptions } from './options.ts';
import { Parts } from './parts.ts';
import type { SendOptions } from './sending/intent.ts';
import type { SendTarget } from './sending/sender.ts';
import type { Tokens } from './session.ts';
import type { MessageWindow, ThreadWindow } from './state/chat/state.ts';
import { randomId } from './uuid.ts';

/** A client of an Atrium server: typed calls, the live state, and reliable sending of messages. */
export class AtriumClient {
  /** Every operation over REST. */
  readonly api: Api<CallOptions>;
  /** Every operation over the socket, and the state of the connection. */
  readonly live: Live;
  readonly #parts: Parts;

  constructor(options: ClientOptions) {
    this.#parts = new Parts(options);
    this.api = this.#parts.api;
    this.live = this.#parts.live;
  }

  /** The current state; the same object until something changes. */
  get state(): ClientState {
    return this.#parts.view.current;
  }

  /** The tokens of the session; undefined if signed out, or if the session is elsewhere (`token`, `cookies`). */
  get tokens(): Tokens | undefined {
    return this.#parts.session.tokens;
  }

  /** The server's clock, in milliseconds since 1970. */
  now(): number {
    return this.#parts.now();
  }

  /** @returns a function that stops listening */
  on<Name extends keyof ClientEvents>(name: Name, listener: (value: ClientEvents[Name]) => void): () => void {
    return this.#parts.events.on(name, listener);
  }

  /** Calls an operation: over the live connection if there is one, by REST otherwise. Throws AtriumError. */
  call<Name extends OperationName>(
    name: Name,
    input: InputNamed<Name>,
    options?: CallOptions,
  ): Promise<OutputNamed<Name>> {
    return this.#parts.call(name, input, options);
  }

  /**
   * Signs in and stores the tokens. Throws AtriumError.
   * @returns the challenge if two-factor authentication is required: answer it with `finishSignIn`
   */
  async signIn(input: { email: string; password: string; remember?: boolean }): Promise<Challenge | undefined> {
    const transport = this.#parts.session.usesCookies ? 'cookie' : 'token';
    const { challenge, user, ...tokens } = await this.api.auth.login({ ...input, transport });
    if (user !== undefined) await this.#enter({ user, ...tokens });
    return challenge;
  }

  /** Completes signing in with a code from the authenticator app, a mail, or a recovery code. Throws AtriumError. */
  async finishSignIn(input: { challengeId: string; code: string }): Promise<void> {
    await this.#enter(await this.api.auth.verifyOtp(input));
  }

  async #enter(signedIn: { user: Me; accessToken?: string | undefined; refreshToken?: string | undefined }) {
    const { accessToken, refreshToken, user } = signedIn;
    // Unsent messages of another user must not be sent in this user's name.
    if (this.#parts.feed.state.me && this.#parts.feed.state.me.id !== user.id) {
      await this.#parts.forget();
    }
    if (accessToken !== undefined) {
      this.#parts.session.set({ accessToken, ...(refreshToken === undefined ? {} : { refreshToken }) });
    }
    if (this.#parts.isLive) this.live.reopen();
  }

  /** Signs out this device, and discards unsent messages. */
  async signOut(): Promise<void> {
    await this.api.auth.logout({}).catch((error: unknown) => {
      // The session has already ended.
      if (!(error instanceof AtriumError) || error.status !== 401) throw error;
    });
    await this.endSession();
  }

  /**
   * Closes the live connection, and discards all that is kept of the session and unsent messages, without calling the
   * server. Call it when the session has already ended, as after deleting the account; otherwise call `signOut`.
   */
  async endSession(): Promise<void> {
    this.#parts.isLive = false;
    this.live.close();
    this.#parts.session.set(undefined);
    await this.#parts.forget();
    this.#parts.feed.clear();
    this.#parts.volatile.clear();
    this.#parts.view.changed();
  }

  /**
   * Restores the last state from `stateStorage`. Call it before `connect`, which continues from there and checks the
   * session.
   * @returns whether there was a stored state
   */
  async restore(): Promise<boolean> {
    const isRestored = await this.#parts.keeper.restore();
    if (isRestored) this.#parts.view.changed();
    return isRestored;
  }

  /** Opens the live connection. Resolves when the state is up to date; rejects if the server refuses or `close` is called. */
  async connect(): Promise<void> {
    this.#parts.isLive = true;
    if (this.live.status === 'online' && this.#parts.feed.state.me) return;
    const ready = whenReady(this.#parts.events);
    this.live.open();
    await ready;
  }

  /**
   * Sends a message reliably: it is pending in the state immediately, stored before the first attempt, and retried
   * until the server accepts or finally refuses it.
   * @returns the accepted message; need not be awaited
   */
  send(target: SendTarget, content: string, options: SendOptions = {}): Promise<Message> {
    return this.#parts.sender.send(target, content, options);
  }

  /**
   * Saves a draft for all my devices, in the order of the calls. Sending it with `clearDraft` deletes it, also if a
   * call is still running. Resolves when this or newer content is saved. Throws AtriumError.
   * @param threadId the first message of the thread, for a reply
   */
  keepDraft(conversationId: string, content: string, threadId?: string): Promise<void> {
    return this.#parts.sender.keepDraft(conversationId, content, threadId);
  }

  /** Sends a refused message again. */
  retry(clientMessageId: string): Promise<void> {
    return this.#parts.sender.retry(clientMessageId);
  }

  /** Discards a message that is not sent yet. */
  discard(clientMessageId: string): Promise<void> {
    return this.#parts.sender.discard(clientMessageId);
  }

  /**
   * Runs a command exactly once, as soon as the server can be reached: it is in `state.commands` and in the storage
   * immediately, and retried until it is answered or finally refused. A refused one stays in the state until it is
   * retried or discarded.
   * @param options.queue commands of one queue are sent one after another, in order; by default all share one queue
   * @returns the answer; need not be awaited
   */
  enqueue<Name extends OperationName>(
    name: Name,
    input: InputNamed<Name>,
    { key = randomId(), queue = '' }: { key?: string; queue?: string } = {},
  ): Promise<OutputNamed<Name>> {
    const intent = { key, name, input: input as Record<string, unknown>, queue, createdAt: systemNow() };
    const answer = this.#parts.commands.add(intent) as Promise<OutputNamed<Name>>;
    // Callers that do not await it find the refusal in the state.
    answer.catch(() => undefined);
    return answer;
  }

  /** Sends a refused command again. */
  retryCommand(key: string): Promise<void> {
    return this.#parts.commands.retry(key);
  }

  /** Discards a command. What the server has already done is not reverted. */
  discardCommand(key: string): Promise<void> {
    return this.#parts.commands.discard(key);
  }

  /** Loads a page of history into the state, by default the newest. Throws AtriumError. */
  loadMessages(conversationId: string, query: HistoryQuery = {}): Promise<MessageWindow> {
    return this.#parts.history.load(conversationId, query);
  }

  /**
   * Loads replies of a thread into `state.replies`, by default the newest. Throws AtriumError.
   * @param messageId any message of the thread
   */
  loadThread(messageId: string, query: ThreadQuery = {}): Promise<ThreadWindow> {
    return this.#parts.history.loadThread(messageId, query);
  }

  /** Drops the loaded replies of a thread. */
  unloadThread(threadId: string): void {
    this.#parts.history.unloadThread(threadId);
  }

  /** Drops the loaded history of a conversation. */
  unloadMessages(conversationId: string): void {
    this.#parts.history.unload(conversationId);
  }

  /**
   * Watches the presence of people, also after reconnecting: see `state.presence`. People whom I may not see are
   * missing there.
   * @returns a function that stops it
   */
  watchPresence(userIds: readonly string[]): () => void {
    return this.#parts.presence.watch(userIds);
  }

  /**
   * Watches the timer of a task, also after reconnecting: while it runs, ticks arrive every second.
   * @returns a function that stops it
   */
  watchTask(taskId: string): () => void {
    return this.#parts.watchedTasks.watch(taskId, this.live.status === 'online');
  }

  /**
   * Watches the counters of the instance, also after reconnecting: see `state.counters`. For its administrators.
   * @returns a function that stops it
   */
  watchCounters(): () => void {
    return this.#parts.watchedCounters.watch('counters', this.live.status === 'online');
  }

  /**
   * Reports that a conversation, thread (by its first message) or task is on the screen, also after reconnecting.
   * Nothing about it is pushed or mailed to me while the window is visible and has the focus.
   * @returns a function that reports that it is no longer on the screen
   */
  showing(id: string): () => void {
    return this.#parts.viewed.show(id);
  }

  /** The time spent on a task until now, in milliseconds; undefined if the task is neither followed nor watched. */
  totalOf(taskId: string): number | undefined {
    const tick = this.#parts.volatile.state.ticks[taskId];
    const watched = tick && { baseMs: tick.baseMs, running: tick.startedAt.map((startedAt) => ({ startedAt })) };
    const timer = this.#parts.feed.state.tasks[taskId]?.timer ?? watched;
    return timer && Math.round(totalAt(timer, this.now()));
  }

  /** Marks messages as read up to a position; sent at most once a second. */
  markRead(conversationId: string, seq: number): void {
    this.#parts.marks.mark(conversationId, { deliveredSeq: seq, readSeq: seq });
  }

  /** Marks a message and all later ones as unread, on all devices. */
  async markUnread(conversationId: string, fromSeq: number): Promise<void> {
    // A pending receipt would move the mark forward again.
    await this.#parts.marks.settle(conversationId);
    await this.call('messages.markUnread', { conversationId, fromSeq });
  }

  /** Closes the connection and stops all background work. Unsent messages stay in the storage. */
  close(): void {
    this.#parts.isLive = false;
    for (const stop of this.#parts.stopWatching) stop();
    void this.#parts.keeper.save();
    this.live.close();
    this.#parts.sender.close();
    this.#parts.commands.close();
    this.#parts.marks.close();
    this.#parts.volatile.clear();
    this.#parts.watchedTasks.clear();
    this.#parts.watchedCounters.clear();
    this.#parts.viewed.clear();
    this.#parts.events.clear();
  }
}

/** Creates a client. It does nothing until it is used. */
export function createClient(options: ClientOptions): AtriumClient {
  return new AtriumClient(options);
}

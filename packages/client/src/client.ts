import type { Api, Challenge, EventData, Me, Message } from '@atrium/protocol';
import { totalAt } from '@atrium/protocol/total';
import { createApi, routeNamed } from './api.ts';
import type { InputNamed, OperationName, OutputNamed } from './api-names.ts';
import type { ClientEvents } from './client-events.ts';
import type { ClientState } from './client-state.ts';
import { systemNow } from './clock.ts';
import { Emitter } from './emitter.ts';
import { AtriumError, isTransient } from './error.ts';
import { History, type HistoryQuery } from './history.ts';
import { type CallOptions, Rest } from './http/rest.ts';
import { StateKeeper } from './keeping/state-keeper.ts';
import { Incoming } from './live/incoming.ts';
import { Live } from './live/live.ts';
import { PresenceWatch } from './live/presence-watch.ts';
import { whenReady } from './live/ready.ts';
import { VolatileKeeper } from './live/volatile-keeper.ts';
import { WatchedTasks } from './live/watched-tasks.ts';
import type { ClientOptions } from './options.ts';
import { People } from './people.ts';
import { ReceiptMarks } from './receipts.ts';
import { CommandQueue } from './sending/command-queue.ts';
import type { SendIntent, SendOptions } from './sending/intent.ts';
import { Sender, type SendTarget } from './sending/sender.ts';
import { memoryStorage } from './sending/storage.ts';
import { Session, type Tokens } from './session.ts';
import type { MessageWindow } from './state/chat/state.ts';
import { LiveFeed } from './state/live-feed.ts';
import { StateView } from './state-view.ts';
import { randomId } from './uuid.ts';
import { onHide, onWake } from './wake.ts';

/** A person's view of an Atrium server: typed calls, the live state, and messages that are never lost. */
export class AtriumClient {
  /** Every operation by REST. */
  readonly api: Api<CallOptions>;
  /** The same over the socket, and the state of the connection. */
  readonly live: Live;
  readonly #events = new Emitter<ClientEvents>();
  readonly #session: Session;
  readonly #rest: Rest;
  readonly #feed = new LiveFeed();
  readonly #volatile: VolatileKeeper;
  readonly #sender: Sender;
  readonly #commands: CommandQueue;
  readonly #marks: ReceiptMarks;
  readonly #history: History;
  readonly #incoming: Incoming;
  readonly #keeper: StateKeeper;
  readonly #people = new People(() => this.#view.changed());
  readonly #presence: PresenceWatch;
  readonly #stopWatching: (() => void)[];
  readonly #watchedTasks: WatchedTasks;
  #clockOffset = 0;
  #isLive = false;
  readonly #view = new StateView<ClientState>(
    () => ({
      ...this.#feed.state,
      ...this.#volatile.state,
      connection: this.live.status,
      people: this.#people.known,
      commands: this.#commands.commands,
      pending: this.#sender.pending,
    }),
    (state) => {
      this.#keeper.changed();
      this.#events.emit('change', state);
    },
  );

  constructor(options: ClientOptions) {
    const { cookies = false, random = Math.random, token } = options;
    const url = options.url.replace(/\/+$/, '');
    this.#session = new Session({
      tokens: options.tokens,
      token: typeof token === 'string' ? () => token : token,
      usesCookies: cookies,
      refresh: (refreshToken) => this.api.auth.refresh(refreshToken === undefined ? {} : { refreshToken }),
      onTokens: (tokens) => options.onTokens?.(tokens),
    });
    const fetch = options.fetch ?? globalThis.fetch.bind(globalThis);
    this.#rest = new Rest({ url, session: this.#session, fetch, tries: options.tries ?? 4, random });
    this.api = createApi((route, input, call) => this.#rest.call(route, input, call));
    this.live = new Live({
      url,
      session: this.#session,
      feed: this.#feed,
      random,
      onHello: (hello) => this.#greet(hello),
      onApplied: (events) => this.#incoming.applied(events),
      onReset: (streams) => this.#incoming.reset(streams),
      onVolatile: (event) => this.#incoming.received(event),
      onStatus: (status, error) => {
        // Whoever is signed out leaves nothing behind on this machine.
        if (status === 'refused' && error?.status === 401) void this.#keeper.clear();
        if (status !== 'online') this.#presence.offline();
        this.#incoming.status(status, error);
      },
      onSynced: () => {
        this.#presence.online();
        this.#events.emit('synced', undefined);
      },
      onError: (error) => this.#events.emit('error', error),
    });
    this.#watchedTasks = new WatchedTasks({
      join: (taskId) => this.live.api.timers.join({ taskId }),
      leave: (taskId) => this.live.api.timers.leave({ taskId }),
      onError: (error) => this.#events.emit('error', error),
    });
    this.#volatile = new VolatileKeeper(
      () => this.now(),
      () => this.#view.changed(),
    );
    this.#sender = new Sender({
      storage: options.storage ?? memoryStorage(),
      state: () => this.#feed.state,
      deliver: (intent, signal) => this.#deliver(intent, signal),
      keepDraft: (draft) => this.call('drafts.set', draft),
      isShown: ({ conversationId, seq }) =>
        !this.#isLive || (this.#feed.tracker.position(`conversation:${conversationId}`) ?? 0) >= seq,
      onChange: () => this.#view.changed(),
      onError: (error) => this.#events.emit('error', error),
      random,
    });
    this.#commands = new CommandQueue({
      storage: options.commandStorage ?? memoryStorage(),
      deliver: ({ input, key, name }, signal) => this.call(name, input as InputNamed<OperationName>, { key, signal }),
      now: systemNow,
      newKey: randomId,
      onChange: () => this.#view.changed(),
      onError: (error) => this.#events.emit('error', error),
      random,
    });
    this.#commands.restore().catch((error: unknown) => this.#events.emit('error', error));
    this.#marks = new ReceiptMarks({
      known: (conversationId) =>
        this.#feed.state.conversations[conversationId]?.receipts[this.#feed.state.me?.id ?? ''],
      send: (conversationId, marks) => this.call('messages.ack', { conversationId, ...marks }),
      mayPass: isTransient,
    });
    this.#history = new History({
      list: (input) => this.api.messages.list(input),
      onPeople: (people) => this.#people.add(people),
      windows: () => this.#feed.state.messages,
      setWindows: (windows) => {
        this.#feed.change({ messages: windows });
        this.#view.changed();
      },
    });
    this.#presence = new PresenceWatch({
      list: async (userIds) => (await this.call('presence.list', { userIds })).items,
      onPresence: (presences) => this.#volatile.addPresence(presences),
      onError: (error) => this.#events.emit('error', error),
    });
    this.#incoming = new Incoming({
      feed: this.#feed,
      history: this.#history,
      marks: this.#marks,
      people: this.#people,
      sender: this.#sender,
      volatile: this.#volatile,
      view: this.#view,
      events: this.#events,
      tellsDelivered: options.deliveredReceipts ?? true,
    });
    this.#keeper = new StateKeeper({
      storage: options.stateStorage,
      feed: this.#feed,
      followed: () => this.live.followed,
      people: () => Object.values(this.#people.known),
      resume: (kept) => {
        if (!this.live.resume(kept)) return false;
        this.#people.add(kept.people);
        this.#people.observe(this.#feed.state);
        return true;
      },
      onError: (error) => this.#events.emit('error', error),
    });
    this.#stopWatching = [onWake(() => this.live.sync()), onHide(() => void this.#keeper.save())];
  }

  /** Everything to be shown, as of now; the same object until something changes. */
  get state(): ClientState {
    return this.#view.current;
  }

  /** What signing in has yielded; undefined: signed out, or the session is elsewhere (`token`, `cookies`). */
  get tokens(): Tokens | undefined {
    return this.#session.tokens;
  }

  /** The server's clock, in milliseconds since 1970. */
  now(): number {
    return systemNow() + this.#clockOffset;
  }

  /** @returns stops listening */
  on<Name extends keyof ClientEvents>(name: Name, listener: (value: ClientEvents[Name]) => void): () => void {
    return this.#events.on(name, listener);
  }

  /** Calls an operation: over the live connection while there is one, by REST otherwise. Throws AtriumError. */
  async call<Name extends OperationName>(
    name: Name,
    input: InputNamed<Name>,
    options?: CallOptions,
  ): Promise<OutputNamed<Name>> {
    // A connection that was refused for good does not come back by itself.
    if (this.#isLive && this.live.status !== 'refused') return this.live.call(name, input, options);
    return (await this.#rest.call(routeNamed(name), input as Record<string, unknown>, options)) as OutputNamed<Name>;
  }

  /**
   * Signs in and keeps the tokens. Throws AtriumError.
   * @returns what is still asked for where a second factor is turned on: answer with `finishSignIn`
   */
  async signIn(input: { email: string; password: string; remember?: boolean }): Promise<Challenge | undefined> {
    const transport = this.#session.usesCookies ? 'cookie' : 'token';
    const { challenge, user, ...tokens } = await this.api.auth.login({ ...input, transport });
    if (user !== undefined) await this.#enter({ user, ...tokens });
    return challenge;
  }

  /** Finishes signing in with a code from the authenticator app, a mail, or a recovery code. Throws AtriumError. */
  async finishSignIn(input: { challengeId: string; code: string }): Promise<void> {
    await this.#enter(await this.api.auth.verifyOtp(input));
  }

  async #enter(signedIn: { user: Me; accessToken?: string | undefined; refreshToken?: string | undefined }) {
    const { accessToken, refreshToken, user } = signedIn;
    // What somebody else has typed must not go out under this name.
    if (this.#feed.state.me && this.#feed.state.me.id !== user.id) {
      await this.#forget();
    }
    if (accessToken !== undefined) {
      this.#session.set({ accessToken, ...(refreshToken === undefined ? {} : { refreshToken }) });
    }
    if (this.#isLive) this.live.reopen();
  }

  /** Signs this device out, and forgets what was not sent. */
  async signOut(): Promise<void> {
    await this.api.auth.logout({}).catch((error: unknown) => {
      // A session that has already ended is what was wanted.
      if (!(error instanceof AtriumError) || error.status !== 401) throw error;
    });
    this.#isLive = false;
    this.live.close();
    this.#session.set(undefined);
    await this.#forget();
    this.#feed.clear();
    this.#volatile.clear();
    this.#view.changed();
  }

  /**
   * Shows the state as it was last seen, from `stateStorage`: call it before `connect`, which goes on from there. Until
   * then nobody has said that the session is still good.
   * @returns whether there was one
   */
  async restore(): Promise<boolean> {
    const isRestored = await this.#keeper.restore();
    if (isRestored) this.#view.changed();
    return isRestored;
  }

  /** Forgets what belongs to the person who was signed in: nothing of it must go out under another name. */
  async #forget(): Promise<void> {
    this.#people.clear();
    await this.#keeper.clear();
    await this.#commands.clear();
    await this.#sender.clear();
  }

  /** Opens the live connection. Resolves when the state is there and up to date; rejects when the server refuses or `close` is called. */
  async connect(): Promise<void> {
    this.#isLive = true;
    if (this.live.status === 'online' && this.#feed.state.me) return;
    const ready = whenReady(this.#events);
    this.live.open();
    await ready;
  }

  /**
   * Sends a message so that it is not lost: it is pending in the state at once, written to the storage before the first
   * try, and sent until the server has it or refuses it for good.
   * @returns the message as the server has it; need not be waited for
   */
  send(target: SendTarget, content: string, options: SendOptions = {}): Promise<Message> {
    return this.#sender.send(target, content, options);
  }

  /**
   * Keeps what I am writing for all my devices, in the order in which it is called; sending it with `clearDraft` ends it,
   * whatever is still on its way. Resolves when this or something newer is kept. Throws AtriumError.
   * @param threadId in a thread: the message that it began with, to which the message will be the reply
   */
  keepDraft(conversationId: string, content: string, threadId?: string): Promise<void> {
    return this.#sender.keepDraft(conversationId, content, threadId);
  }

  /** Sends a refused message again. */
  retry(clientMessageId: string): Promise<void> {
    return this.#sender.retry(clientMessageId);
  }

  /** Gives up a message that is not sent yet. */
  discard(clientMessageId: string): Promise<void> {
    return this.#sender.discard(clientMessageId);
  }

  /**
   * Carries a command out once, as soon as the server can be reached: it is in `state.commands` and in the storage at
   * once, and sent until it is answered or refused for good. A refused one stays in the state until it is retried or
   * discarded.
   * @param options.queue commands of one queue go out one after another, in order; all of them unless given
   * @returns the answer; need not be waited for
   */
  enqueue<Name extends OperationName>(
    name: Name,
    input: InputNamed<Name>,
    { key = randomId(), queue = '' }: { key?: string; queue?: string } = {},
  ): Promise<OutputNamed<Name>> {
    const intent = { key, name, input: input as Record<string, unknown>, queue, createdAt: systemNow() };
    const answer = this.#commands.add(intent) as Promise<OutputNamed<Name>>;
    // Who does not wait for it sees the refusal in the state.
    answer.catch(() => undefined);
    return answer;
  }

  /** Sends a refused command again. */
  retryCommand(key: string): Promise<void> {
    return this.#commands.retry(key);
  }

  /** Gives up a command. What the server has already done stays done. */
  discardCommand(key: string): Promise<void> {
    return this.#commands.discard(key);
  }

  /** Loads a stretch of history into the state: the newest unless said. Throws AtriumError. */
  loadMessages(conversationId: string, query: HistoryQuery = {}): Promise<MessageWindow> {
    return this.#history.load(conversationId, query);
  }

  /** Lets the loaded history of a conversation go. */
  unloadMessages(conversationId: string): void {
    this.#history.unload(conversationId);
  }

  /**
   * Follows whether people are here: it is in `state.presence` from soon on, and again after every new connection. Those
   * whom I may not see stay out of it.
   * @returns stops
   */
  watchPresence(userIds: readonly string[]): () => void {
    return this.#presence.watch(userIds);
  }

  /** Loads who is here, once; from then on it follows by itself until the connection ends. Throws AtriumError. */
  async loadPresence(userIds: string[]): Promise<void> {
    const { items } = await this.call('presence.list', { userIds });
    this.#volatile.addPresence(items);
  }

  /**
   * Watches the time of a task: while a timer runs, its ticks come each second, also after the connection was lost.
   * @returns stops watching
   */
  watchTask(taskId: string): () => void {
    return this.#watchedTasks.watch(taskId, this.live.status === 'online');
  }

  /** The time spent on a task as of now, in milliseconds; undefined: it is neither followed nor watched. */
  totalOf(taskId: string): number | undefined {
    const tick = this.#volatile.state.ticks[taskId];
    const watched = tick && { baseMs: tick.baseMs, running: tick.startedAt.map((startedAt) => ({ startedAt })) };
    const timer = this.#feed.state.tasks[taskId]?.timer ?? watched;
    return timer && Math.round(totalAt(timer, this.now()));
  }

  /** I have read up to this message; told at most once a second. */
  markRead(conversationId: string, seq: number): void {
    this.#marks.mark(conversationId, { deliveredSeq: seq, readSeq: seq });
  }

  /** Ends the connection and everything in the background. What is not sent stays in the storage. */
  close(): void {
    this.#isLive = false;
    for (const stop of this.#stopWatching) stop();
    void this.#keeper.save();
    this.live.close();
    this.#sender.close();
    this.#commands.close();
    this.#marks.close();
    this.#volatile.clear();
    this.#watchedTasks.clear();
    this.#events.clear();
  }

  #greet({ serverTime }: EventData['hello']): void {
    this.#clockOffset = Date.parse(serverTime) - systemNow();
    this.#watchedTasks.connected();
  }

  async #deliver({ createdAt: _, ...input }: SendIntent, signal: AbortSignal): Promise<Message> {
    const { message } = await this.call('messages.send', input, { signal });
    return message;
  }
}

/** Makes a client; nothing happens before the first call. */
export function createClient(options: ClientOptions): AtriumClient {
  return new AtriumClient(options);
}

import type { Api, EventData, Message } from '@atrium/protocol';
import { createApi, routeNamed } from './api.ts';
import type { InputNamed, OperationName, OutputNamed } from './api-names.ts';
import type { ClientEvents } from './client-events.ts';
import type { ClientState } from './client-state.ts';
import { systemNow } from './clock.ts';
import { Emitter } from './emitter.ts';
import { AtriumError, isTransient } from './error.ts';
import { History } from './history.ts';
import type { UploadProgress } from './http/files.ts';
import { type CallOptions, Rest } from './http/rest.ts';
import { StateKeeper } from './keeping/state-keeper.ts';
import { Incoming } from './live/incoming.ts';
import { Live } from './live/live.ts';
import { PresenceWatch } from './live/presence-watch.ts';
import { Viewed } from './live/viewed.ts';
import { VolatileKeeper } from './live/volatile-keeper.ts';
import { WatchedRooms } from './live/watched-rooms.ts';
import type { ClientOptions } from './options.ts';
import { People } from './people.ts';
import { ReceiptMarks } from './receipts.ts';
import { CommandQueue } from './sending/command-queue.ts';
import type { SendIntent } from './sending/intent.ts';
import { Sender } from './sending/sender.ts';
import { memoryStorage } from './sending/storage.ts';
import { uploadFor } from './sending/upload-for.ts';
import { Session } from './session.ts';
import { LiveFeed } from './state/live-feed.ts';
import { StateView } from './state-view.ts';
import { randomId } from './uuid.ts';
import { isLookedAt, onHide, onLook, onWake } from './wake.ts';

/** The connected parts of a client. */
export class Parts {
  readonly api: Api<CallOptions>;
  readonly live: Live;
  readonly events = new Emitter<ClientEvents>();
  readonly session: Session;
  readonly rest: Rest;
  readonly feed = new LiveFeed();
  readonly volatile: VolatileKeeper;
  readonly sender: Sender;
  readonly commands: CommandQueue;
  readonly marks: ReceiptMarks;
  readonly history: History;
  readonly incoming: Incoming;
  readonly keeper: StateKeeper;
  readonly people = new People(() => this.view.changed());
  readonly presence: PresenceWatch;
  readonly stopWatching: (() => void)[];
  readonly watchedTasks: WatchedRooms;
  readonly watchedCounters: WatchedRooms;
  readonly viewed: Viewed;
  clockOffset = 0;
  isLive = false;
  readonly view = new StateView<ClientState>(
    () => ({
      ...this.feed.state,
      ...this.volatile.state,
      connection: this.live.status,
      people: this.people.known,
      commands: this.commands.commands,
      pending: this.sender.pending,
    }),
    (state) => {
      this.keeper.changed();
      this.events.emit('change', state);
    },
  );

  constructor(options: ClientOptions) {
    const { cookies = false, random = Math.random, token } = options;
    const url = options.url.replace(/\/+$/, '');
    this.session = new Session({
      tokens: options.tokens,
      token: typeof token === 'string' ? () => token : token,
      usesCookies: cookies,
      refresh: (refreshToken) => this.api.auth.refresh(refreshToken === undefined ? {} : { refreshToken }),
      onTokens: (tokens) => options.onTokens?.(tokens),
    });
    const fetch = options.fetch ?? globalThis.fetch.bind(globalThis);
    this.rest = new Rest({ url, session: this.session, fetch, tries: options.tries ?? 4, random });
    this.api = createApi((route, input, call) => this.rest.call(route, input, call));
    this.live = new Live({
      url,
      session: this.session,
      feed: this.feed,
      random,
      onHello: (hello) => this.#greet(hello),
      onApplied: (events) => this.incoming.applied(events),
      onReset: (streams) => this.incoming.reset(streams),
      onVolatile: (event) => this.incoming.received(event),
      onStatus: (status, error) => {
        // Signing out deletes all data from this device.
        if (status === 'refused' && error?.status === 401) void this.keeper.clear();
        if (status !== 'online') {
          this.presence.offline();
          this.viewed.offline();
        }
        this.incoming.status(status, error);
      },
      onSynced: () => {
        this.presence.online();
        this.events.emit('synced', undefined);
      },
      onError: (error) => this.events.emit('error', error),
    });
    this.watchedTasks = new WatchedRooms({
      join: (taskId) => this.live.api.timers.join({ taskId }),
      leave: (taskId) => this.live.api.timers.leave({ taskId }),
      onError: (error) => this.events.emit('error', error),
    });
    this.watchedCounters = new WatchedRooms({
      join: async () => {
        const counters = await this.live.api.counters.watch({});
        this.volatile.receive({ type: 'instance:counters', data: counters });
      },
      leave: () => this.live.api.counters.unwatch({}),
      onError: (error) => this.events.emit('error', error),
    });
    this.viewed = new Viewed({
      tell: (ids) => this.live.api.notifications.view({ ids }),
      isLookedAt,
      onError: (error) => this.events.emit('error', error),
    });
    this.volatile = new VolatileKeeper(
      () => this.now(),
      () => this.view.changed(),
    );
    this.sender = new Sender({
      storage: options.storage ?? memoryStorage(),
      state: () => this.feed.state,
      deliver: (intent, signal, onProgress) => this.#deliver(intent, signal, onProgress),
      keepDraft: (draft) => this.call('drafts.set', draft),
      isShown: ({ conversationId, seq }) =>
        !this.isLive || (this.feed.tracker.position(`conversation:${conversationId}`) ?? 0) >= seq,
      onChange: () => this.view.changed(),
      onError: (error) => this.events.emit('error', error),
      random,
    });
    this.commands = new CommandQueue({
      storage: options.commandStorage ?? memoryStorage(),
      deliver: ({ input, key, name }, signal) => this.call(name, input as InputNamed<OperationName>, { key, signal }),
      now: systemNow,
      newKey: randomId,
      onChange: () => this.view.changed(),
      onError: (error) => this.events.emit('error', error),
      random,
    });
    this.commands.restore().catch((error: unknown) => this.events.emit('error', error));
    this.marks = new ReceiptMarks({
      known: (conversationId) => this.feed.state.conversations[conversationId]?.receipts[this.feed.state.me?.id ?? ''],
      send: (conversationId, marks) => this.call('messages.ack', { conversationId, ...marks }),
      mayPass: isTransient,
    });
    this.history = new History({
      list: (input) => this.api.messages.list(input),
      onPeople: (people) => this.people.add(people),
      replies: (input) => this.api.threads.replies(input),
      loaded: () => this.feed.state,
      setLoaded: (loaded) => {
        this.feed.change(loaded);
        this.view.changed();
      },
    });
    this.presence = new PresenceWatch({
      list: async (userIds) => (await this.call('presence.list', { userIds })).items,
      onPresence: (presences) => this.volatile.addPresence(presences),
      onError: (error) => this.events.emit('error', error),
    });
    this.incoming = new Incoming({
      feed: this.feed,
      history: this.history,
      marks: this.marks,
      people: this.people,
      sender: this.sender,
      volatile: this.volatile,
      view: this.view,
      events: this.events,
      tellsDelivered: options.deliveredReceipts ?? true,
    });
    this.keeper = new StateKeeper({
      storage: options.stateStorage,
      feed: this.feed,
      followed: () => this.live.followed,
      people: () => Object.values(this.people.known),
      resume: (kept) => {
        if (!this.live.resume(kept)) return false;
        this.people.add(kept.people);
        this.people.observe(this.feed.state);
        return true;
      },
      onError: (error) => this.events.emit('error', error),
    });
    this.stopWatching = [
      onWake(() => this.live.sync()),
      onHide(() => void this.keeper.save()),
      onLook(() => this.viewed.changed()),
    ];
  }

  /** The server's clock, in milliseconds since 1970. */
  now(): number {
    return systemNow() + this.clockOffset;
  }

  /** Calls an operation: over the live connection if there is one, by REST otherwise. Throws AtriumError. */
  async call<Name extends OperationName>(
    name: Name,
    input: InputNamed<Name>,
    options?: CallOptions,
  ): Promise<OutputNamed<Name>> {
    const route = routeNamed(name);
    // A connection that was finally refused does not reconnect; files are sent by REST only.
    const goesLive = this.isLive && this.live.status !== 'refused' && route.files !== true;
    if (goesLive) return this.live.call(name, input, options);
    return (await this.rest.call(route, input as Record<string, unknown>, options)) as OutputNamed<Name>;
  }

  /** Discards everything of the previous user, so that nothing of it is sent in another name. */
  async forget(): Promise<void> {
    this.people.clear();
    await this.keeper.clear();
    await this.commands.clear();
    await this.sender.clear();
  }

  #greet({ serverTime }: EventData['hello']): void {
    this.clockOffset = Date.parse(serverTime) - systemNow();
    this.watchedTasks.connected();
    this.watchedCounters.connected();
    this.viewed.online();
  }

  async #deliver(
    { createdAt: _, files = [], ...input }: SendIntent,
    signal: AbortSignal,
    onProgress: (progress: UploadProgress) => void,
  ): Promise<Message> {
    const { conversationId, clientMessageId: uploadId } = input;
    const { conversations, me } = this.feed.state;
    // After a restart nothing is known before the first snapshot.
    if (files.length > 0 && !me) throw new AtriumError('network', 'Files can be sent once connected');
    const workspaceId = conversations[conversationId ?? '']?.workspaceId;
    const attachmentIds = await uploadFor(files, workspaceId, (wanted) =>
      this.api.attachments.upload({ workspaceId: wanted, uploadId }, { files, onProgress, signal }),
    );
    const { message } = await this.call('messages.send', { ...input, ...attachmentIds }, { signal });
    return message;
  }
}

import type { Api, EventData, Snapshot, SyncPage } from '@atrium/protocol';
import type { Route } from '@atrium/protocol/routes';
import { createApi, routeNamed } from '../api.ts';
import type { InputNamed, OperationName, OutputNamed } from '../api-names.ts';
import type { AtriumError } from '../error.ts';
import type { CallOptions } from '../http/rest.ts';
import type { KeptState } from '../keeping/kept-state.ts';
import type { Session } from '../session.ts';
import type { LiveEvent, VolatileEvent } from '../state/event.ts';
import { Connection, type ConnectionStatus } from './connection.ts';
import { LiveCalls } from './live-calls.ts';
import { LiveSession } from './live-session.ts';
import { openSocket } from './socket.ts';
import { type SyncCounters, Synchroniser, type SynchroniserOptions } from './synchroniser.ts';

export interface LiveOptions extends Omit<SynchroniserOptions, 'port'> {
  url: string;
  session: Session;
  onHello(hello: EventData['hello']): void;
  onVolatile(event: VolatileEvent): void;
  onStatus(status: ConnectionStatus, error?: AtriumError): void;
}

const PAGE_WITHIN_MS = 15_000;

/** The live connection: calls over the socket, and a feed that it keeps complete. */
export class Live {
  /** Every operation over the socket; a call survives a lost connection, and is carried out once. */
  readonly api: Api<CallOptions>;
  readonly #connection: Connection;
  readonly #calls: LiveCalls;
  readonly #synchroniser: Synchroniser;
  readonly #session: LiveSession;
  readonly #options: LiveOptions;

  constructor(options: LiveOptions) {
    const { random, session, url } = options;
    this.#options = options;
    this.#connection = new Connection({
      socket: openSocket(url, session.usesCookies),
      random,
      token: () => this.#session.token(),
      renew: () => this.#session.renew(),
      onHello: (hello) => this.#hello(hello),
      onEvent: (type, data, meta) => this.#receive(type, data, meta),
      onStatus: (status, error) => {
        if (status !== 'online') this.#synchroniser.pause();
        options.onStatus(status, error);
      },
    });
    const ask = this.#connection.ask.bind(this.#connection);
    this.#session = new LiveSession(session, this.#connection);
    this.#calls = new LiveCalls({
      whenOnline: () => this.#connection.whenOnline(),
      ask,
      renew: () => this.#session.renewInPlace(),
      random,
    });
    this.#synchroniser = new Synchroniser({
      ...options,
      port: {
        resume: (since, epoch) => ask('resume', { since, epoch }, PAGE_WITHIN_MS) as Promise<SyncPage>,
        sync: (stream, after) => ask('sync', { stream, after }, PAGE_WITHIN_MS) as Promise<SyncPage>,
        snapshot: () => ask('op', { name: 'streams.snapshot', input: {} }, PAGE_WITHIN_MS) as Promise<Snapshot>,
      },
    });
    this.api = createApi((route, input, call) => this.#call(route, input, call));
  }

  get status(): ConnectionStatus {
    return this.#connection.status;
  }

  /** How often missed events had to be fetched. */
  get counters(): Readonly<SyncCounters> {
    return this.#synchroniser.counters;
  }

  /** Calls an operation by name. Throws AtriumError. */
  async call<Name extends OperationName>(
    name: Name,
    input: InputNamed<Name>,
    options?: CallOptions,
  ): Promise<OutputNamed<Name>> {
    return (await this.#call(routeNamed(name), input as Record<string, unknown>, options)) as OutputNamed<Name>;
  }

  /** The log and the user that the state follows; undefined while it is not complete. */
  get followed(): { epoch: string; userId: string } | undefined {
    return this.#synchroniser.followed;
  }

  /** Continues from a stored state. @returns false if the server has already sent something */
  resume(kept: KeptState): boolean {
    return this.#synchroniser.resume(kept);
  }

  /** Asks the server for missed events now. */
  sync(): void {
    if (this.status === 'online') this.#synchroniser.check();
  }

  open(): void {
    this.#connection.open();
  }

  /** Reconnects as the user who is signed in now. */
  reopen(): void {
    if (this.status === 'online') this.#connection.reopen();
    else this.#connection.open();
  }

  close(): void {
    this.#connection.close();
  }

  #call(route: Route, input: Record<string, unknown>, options?: CallOptions): Promise<unknown> {
    return this.#calls.call(route, input, options);
  }

  #hello(hello: EventData['hello']): void {
    this.#options.onHello(hello);
    this.#synchroniser.hello(hello);
  }

  #receive(type: string, data: unknown, meta: unknown): void {
    // Durable events have a stream.
    if (meta !== undefined) {
      this.#synchroniser.offer({ type, data, meta } as LiveEvent);
      return;
    }
    const event = { type, data } as VolatileEvent;
    if (event.type === 'heads') this.#synchroniser.heads(event.data);
    if (event.type === 'server:moving') this.#connection.move(event.data.retryInMs);
    if (event.type === 'auth:expiring') this.#session.renewInPlace().catch((error) => this.#options.onError(error));
    this.#options.onVolatile(event);
  }
}

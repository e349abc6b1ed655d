import type { EventData } from '@atrium/protocol';
import { protocolVersion } from '@atrium/protocol/routes';
import type { Socket } from 'socket.io-client';
import { backoffMs } from '../backoff.ts';
import { AtriumError, readProblem, refusal } from '../error.ts';

/** `refused`: the server does not admit this caller; nothing is retried until `open` is called. */
export type ConnectionStatus = 'offline' | 'connecting' | 'online' | 'refused';

export interface ConnectionOptions {
  socket: Socket;
  random: () => number;
  /** Called before each connection; undefined: the caller's cookies are used. */
  token: () => Promise<string | undefined>;
  /** Gets another token after a refusal. @returns false if there is none */
  renew: () => Promise<boolean>;
  onHello(hello: EventData['hello']): void;
  /** All other messages of the server. */
  onEvent(type: string, data: unknown, meta: unknown): void;
  onStatus(status: ConnectionStatus, error?: AtriumError): void;
}

const RECONNECT = { baseMs: 500, maxMs: 10_000 };
/** From the first byte to the server's hello; a slower connection is considered dead. */
const HELLO_WITHIN_MS = 15_000;
/** Refusals that a retry by the same caller cannot change. */
const FINAL = new Set([
  'unauthenticated',
  'invalid_token',
  'token_expired',
  'forbidden',
  'unverified_email',
  'origin_refused',
]);

/** Keeps one socket open: reconnects with growing delays, and renews the token when it has expired. */
export class Connection {
  readonly #options: ConnectionOptions;
  #status: ConnectionStatus = 'offline';
  #wanted = false;
  #attempt = 0;
  #renewed = false;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #notBefore = 0;
  #lastPacket = 0;
  #waiting: (() => void)[] = [];

  constructor(options: ConnectionOptions) {
    this.#options = options;
    const { socket } = options;
    socket.on('connect', () => this.#connected());
    socket.on('disconnect', () => this.#lost());
    socket.on('connect_error', (error) => void this.#refused(error));
    socket.onAny((type: string, data: unknown, meta: unknown) => this.#receive(type, data, meta));
  }

  get status(): ConnectionStatus {
    return this.#status;
  }

  /** Starts, and continues until `close`. */
  open(): void {
    if (this.#wanted && this.#status === 'online') return;
    this.#wanted = true;
    this.#renewed = false;
    this.#connectAfter(0);
  }

  close(): void {
    this.#wanted = false;
    clearTimeout(this.#timer);
    this.#timer = undefined;
    this.#options.socket.disconnect();
    this.#setStatus('offline');
  }

  /** Closes the connection and opens a new one. */
  reopen(): void {
    if (!this.#wanted) return;
    const { socket } = this.#options;
    const wasConnected = socket.connected;
    socket.disconnect();
    if (!wasConnected) this.#connectLater();
  }

  /** The node is stopping: reconnects after the given time, to any node. */
  move(afterMs: number): void {
    this.#notBefore = performance.now() + afterMs;
    const { id } = this.#options.socket;
    setTimeout(() => {
      if (this.#options.socket.id === id) this.reopen();
    }, afterMs);
  }

  /** Resolves when online; rejects if it is refused or closed in the meantime. */
  async whenOnline(): Promise<void> {
    while (this.#status !== 'online') {
      if (this.#status === 'refused') throw new AtriumError('unauthenticated', 'The server refused the connection');
      if (!this.#wanted) throw new AtriumError('closed', 'The client is closed');
      await new Promise<void>((resolve) => this.#waiting.push(resolve));
    }
  }

  /**
   * Emits once and waits for the ack. Throws AtriumError: the refusal, or `network` if the connection broke or no ack
   * came in time, so that the outcome is unknown. If the whole connection is silent, it is considered dead.
   */
  async ask(event: string, payload: unknown, timeoutMs: number): Promise<unknown> {
    const { socket } = this.#options;
    if (this.#status !== 'online') throw new AtriumError('network', 'Not connected');
    const asked = performance.now();
    const answer: unknown = await new Promise((resolve, reject) => {
      const fail = (why: string) => {
        clearTimeout(timer);
        socket.off('disconnect', cut);
        reject(new AtriumError('network', why));
      };
      const cut = () => fail('The connection broke');
      const timer = setTimeout(() => {
        fail(`No answer to ${event} in ${timeoutMs} ms`);
        if (this.#lastPacket < asked) this.reopen();
      }, timeoutMs);
      socket.once('disconnect', cut);
      socket.emit(event, payload, (value: unknown) => {
        clearTimeout(timer);
        socket.off('disconnect', cut);
        resolve(value);
      });
    });
    return readAck(answer);
  }

  #connected(): void {
    const { engine } = this.#options.socket.io;
    engine.on('packet', () => {
      this.#lastPacket = performance.now();
    });
  }

  #receive(type: string, data: unknown, meta: unknown): void {
    if (type !== 'hello') {
      this.#options.onEvent(type, data, meta);
      return;
    }
    const hello = data as EventData['hello'];
    if (hello.protocol !== protocolVersion) {
      const why = `The server speaks version ${hello.protocol} of the protocol, this client ${protocolVersion}`;
      this.#giveUp(new AtriumError('bad_response', why));
      return;
    }
    clearTimeout(this.#timer);
    this.#timer = undefined;
    this.#attempt = 0;
    this.#renewed = false;
    this.#setStatus('online');
    this.#options.onHello(hello);
  }

  #lost(): void {
    clearTimeout(this.#timer);
    if (!this.#wanted) return;
    this.#setStatus('connecting');
    this.#connectLater();
  }

  async #refused(error: Error & { data?: unknown }): Promise<void> {
    const problem = readProblem(error.data);
    const { code } = problem ?? {};
    if (!this.#wanted) return;
    if (code === undefined || !FINAL.has(code)) {
      this.#connectLater(problem?.retryAfterMs);
      return;
    }
    if (!this.#renewed && (code === 'token_expired' || code === 'invalid_token' || code === 'unauthenticated')) {
      this.#renewed = true;
      try {
        if (await this.#options.renew()) {
          this.#connectAfter(0);
          return;
        }
      } catch (failure) {
        // The token may be renewed later: only a refusal is final.
        if (!(failure instanceof AtriumError) || failure.code === 'network' || failure.status >= 500) {
          this.#renewed = false;
          this.#connectLater();
          return;
        }
      }
    }
    this.#giveUp(problem && refusal(problem));
  }

  #giveUp(error: AtriumError | undefined): void {
    this.#wanted = false;
    clearTimeout(this.#timer);
    this.#options.socket.disconnect();
    this.#setStatus('refused', error);
  }

  #connectLater(atLeastMs = 0): void {
    const held = Math.max(atLeastMs, this.#notBefore - performance.now());
    this.#connectAfter(held + backoffMs(RECONNECT, this.#attempt++, this.#options.random()));
  }

  #connectAfter(ms: number): void {
    if (!this.#wanted) return;
    if (this.#status !== 'online') this.#setStatus('connecting');
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => void this.#connect(), ms);
  }

  async #connect(): Promise<void> {
    const { socket, token } = this.#options;
    this.#timer = setTimeout(() => this.reopen(), HELLO_WITHIN_MS);
    const mine = this.#timer;
    const value = await token().catch(() => undefined);
    if (this.#timer !== mine) return;
    socket.auth = value === undefined ? {} : { token: value };
    socket.connect();
  }

  #setStatus(status: ConnectionStatus, error?: AtriumError): void {
    if (status === this.#status) return;
    this.#status = status;
    this.#options.onStatus(status, error);
    const waiting = this.#waiting;
    this.#waiting = [];
    for (const wake of waiting) wake();
  }
}

/** Reads an ack. Throws AtriumError. */
function readAck(answer: unknown): unknown {
  const { data, error, ok } = (typeof answer === 'object' && answer !== null ? answer : {}) as Record<string, unknown>;
  if (ok === true) return data;
  const problem = readProblem(error);
  throw problem ? refusal(problem) : new AtriumError('bad_response', 'The ack is not from an Atrium server');
}

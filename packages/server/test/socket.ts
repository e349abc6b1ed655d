import type { EventMeta, EventType, Problem } from '@atrium/protocol';
import { io, type Socket } from 'socket.io-client';

/** An event as a client reads it: durable with its position, or volatile without. */
export interface SeenEvent {
  type: EventType;
  data: Record<string, unknown>;
  meta: EventMeta | undefined;
}

/** What is acknowledged to a command. */
export type SocketAnswer = { ok: true; data: Record<string, unknown> } | { ok: false; error: Problem };

/** A bare connection that records everything it receives: without SDK and recovery. */
export interface SocketRecorder {
  readonly connected: boolean;
  /** Everything received so far, in order. */
  readonly heard: readonly SeenEvent[];
  /** Calls any operation by its name, with the general command. */
  call(name: string, input: unknown): Promise<SocketAnswer>;
  /** Resolves when `wanted` is true for what was received. */
  until(wanted: (heard: readonly SeenEvent[]) => boolean, ms?: number): Promise<void>;
  close(): void;
}

/** However busy the machine is. */
const ACK_WITHIN_MS = 20_000;
const RECEIVED_WITHIN_MS = 20_000;

/**
 * Opens a connection and waits for `hello`.
 * Rejects with the server's refusal, as `{ problem }`, or with an Error if the server closes the connection because of
 * a temporary refusal.
 */
export async function recordSocket(url: string, token: string | undefined): Promise<SocketRecorder> {
  const socket = io(url, {
    transports: ['websocket'],
    forceNew: true,
    reconnection: false,
    ...(token === undefined ? {} : { auth: { token } }),
  });
  const heard: SeenEvent[] = [];
  const waiting = new Set<() => void>();
  socket.onAny((type: EventType, data: Record<string, unknown>, meta?: EventMeta) => {
    heard.push({ type, data, meta });
    for (const check of waiting) check();
  });
  try {
    await opened(socket);
  } catch (error) {
    socket.close();
    throw error;
  }
  return {
    heard,
    get connected() {
      return socket.connected;
    },
    call: (name, input) => socket.timeout(ACK_WITHIN_MS).emitWithAck('op', { name, input }),
    until: (wanted, ms = RECEIVED_WITHIN_MS) =>
      new Promise((resolve, reject) => {
        const end = () => {
          clearTimeout(timer);
          waiting.delete(check);
        };
        const check = () => {
          if (!wanted(heard)) return;
          end();
          resolve();
        };
        const timer = setTimeout(() => {
          end();
          reject(new Error(`It never came; heard ${heard.map(({ type }) => type).join(', ')}`));
        }, ms);
        waiting.add(check);
        check();
      }),
    close: () => {
      socket.close();
    },
  };
}

function opened(socket: Socket): Promise<void> {
  return new Promise((resolve, reject) => {
    socket.once('hello', () => resolve());
    socket.once('disconnect', () => reject(new Error('The server closed the connection.')));
    socket.once('connect_error', (error) =>
      reject(Object.assign(error, { problem: (error as { data?: Problem }).data })),
    );
  });
}

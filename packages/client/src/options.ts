import type { StateStorage } from './keeping/kept-state.ts';
import type { CommandIntent } from './sending/command-queue.ts';
import type { IntentStorage, OutboxStorage } from './sending/storage.ts';
import type { Tokens } from './session.ts';

/** Options of a client; only `url` is required. */
export interface ClientOptions {
  /** The URL of the server, such as `https://chat.example.org`. */
  url: string;
  /** An access token, or a function that returns one before each call. */
  token?: string | (() => string | Promise<string>);
  /** Tokens of an earlier sign-in; the access token is renewed automatically. */
  tokens?: Tokens;
  /** For browsers on the server's own origin: the session is in cookies. */
  cookies?: boolean;
  /** Called with every new pair of tokens, to store it; undefined: signed out. */
  onTokens?: (tokens: Tokens | undefined) => void;
  /** Stores messages until the server has accepted them; in memory by default. It belongs to one account. */
  storage?: IntentStorage;
  /** Stores commands of `enqueue` until the server has answered them; in memory by default. */
  commandStorage?: OutboxStorage<CommandIntent>;
  /** Stores the state for a start without a connection: see `restore`. It belongs to one account. */
  stateStorage?: StateStorage;
  /** Whether the client sends delivery receipts; true by default. */
  deliveredReceipts?: boolean;
  /** Maximum number of attempts of a REST call when the network or the server fails; 4 by default. */
  tries?: number;
  fetch?: typeof globalThis.fetch;
  /** Returns a number in [0, 1), for the jitter of delays. */
  random?: () => number;
}

import type { StateStorage } from './keeping/kept-state.ts';
import type { CommandIntent } from './sending/command-queue.ts';
import type { IntentStorage, OutboxStorage } from './sending/storage.ts';
import type { Tokens } from './session.ts';

/** How a client is made; only `url` is needed. */
export interface ClientOptions {
  /** Where the server is, as in `https://chat.example.org`. */
  url: string;
  /** An access token, or a function that yields one whenever it is needed. */
  token?: string | (() => string | Promise<string>);
  /** Tokens of an earlier sign-in; the refresh token renews the access token by itself. */
  tokens?: Tokens;
  /** Browsers on the server's own origin: the session is in the server's cookies. */
  cookies?: boolean;
  /** Told of every new pair of tokens, to be kept; undefined: signed out. */
  onTokens?: (tokens: Tokens | undefined) => void;
  /** Where messages wait until the server has them; memory unless given. It belongs to one account. */
  storage?: IntentStorage;
  /** Where commands of `enqueue` wait until the server has answered them; memory unless given. */
  commandStorage?: OutboxStorage<CommandIntent>;
  /** Where the state is kept for a start without a connection: see `restore`. It belongs to one account. */
  stateStorage?: StateStorage;
  /** Whether the client tells by itself what it has received; true unless given. */
  deliveredReceipts?: boolean;
  /** Tries in all for a REST call when the network or the server fails; 4 unless given. */
  tries?: number;
  fetch?: typeof globalThis.fetch;
  /** In [0, 1); for the jitter of waits. */
  random?: () => number;
}

import type { Session } from '../session.ts';

/** The functions of the connection that a new token uses. */
interface RenewableConnection {
  ask(event: string, payload: unknown, timeoutMs: number): Promise<unknown>;
  reopen(): void;
}

const RENEW_WITHIN_MS = 5_000;

/** The credentials of the live connection. */
export class LiveSession {
  readonly #session: Session;
  readonly #connection: RenewableConnection;
  #used: string | undefined;

  constructor(session: Session, connection: RenewableConnection) {
    this.#session = session;
    this.#connection = connection;
  }

  /** The token for the next connection. */
  async token(): Promise<string | undefined> {
    this.#used = await this.#session.accessToken();
    return this.#used;
  }

  /** Gets another token. @returns false if there is none */
  async renew(): Promise<boolean> {
    if (this.#session.isRenewable) {
      await this.#session.renew(this.#used);
      return true;
    }
    return (await this.#session.accessToken()) !== this.#used;
  }

  /** Renews the token of the open connection. @returns false if there is no other token */
  async renewInPlace(): Promise<boolean> {
    if (!(await this.renew())) return false;
    if (this.#session.usesCookies) {
      // A page cannot read its cookies: a new connection sends the new one.
      this.#connection.reopen();
      return true;
    }
    const token = await this.token();
    await this.#connection.ask('auth:renew', { token }, RENEW_WITHIN_MS);
    return true;
  }
}

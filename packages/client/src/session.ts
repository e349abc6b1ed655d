import { AtriumError } from './error.ts';

/** The tokens of a session. */
export interface Tokens {
  accessToken: string;
  refreshToken?: string;
}

export interface SessionOptions {
  tokens: Tokens | undefined;
  /** Provides a token before every call, if the session is elsewhere. */
  token: (() => string | Promise<string>) | undefined;
  /** Browsers only: the session is in the server's cookies. */
  usesCookies: boolean;
  /** Exchanges a refresh token (none with cookies) for a new pair. */
  refresh(
    refreshToken: string | undefined,
  ): Promise<{ accessToken?: string | undefined; refreshToken?: string | undefined }>;
  /** Called on every change; undefined: signed out. */
  onTokens(tokens: Tokens | undefined): void;
}

/** The caller's credentials. Parallel calls that need new ones share one renewal. */
export class Session {
  readonly #options: SessionOptions;
  #tokens: Tokens | undefined;
  #renewal: Promise<void> | undefined;

  constructor(options: SessionOptions) {
    this.#options = options;
    this.#tokens = options.tokens;
  }

  get usesCookies(): boolean {
    return this.#options.usesCookies;
  }

  get tokens(): Tokens | undefined {
    return this.#tokens;
  }

  set(tokens: Tokens | undefined): void {
    this.#tokens = tokens;
    this.#options.onTokens(tokens);
  }

  /** Undefined: the call is sent without a token. */
  async accessToken(): Promise<string | undefined> {
    if (this.#options.token) return this.#options.token();
    return this.#tokens?.accessToken;
  }

  /** True if the error means that the access token has expired and can be renewed. */
  canRenew(error: unknown): boolean {
    return error instanceof AtriumError && error.code === 'token_expired' && this.isRenewable;
  }

  /** True if the session can be renewed. */
  get isRenewable(): boolean {
    return this.#options.usesCookies || this.#tokens?.refreshToken !== undefined;
  }

  /**
   * Gets a new access token; immediately, if another call has renewed it since `used` was sent.
   * Throws AtriumError; if the server refuses the refresh token, the user is signed out.
   */
  async renew(used: string | undefined): Promise<void> {
    if (used !== undefined && this.#tokens && this.#tokens.accessToken !== used) return;
    this.#renewal ??= this.#renew().finally(() => {
      this.#renewal = undefined;
    });
    await this.#renewal;
  }

  async #renew(): Promise<void> {
    const old = this.#tokens?.refreshToken;
    try {
      const { accessToken, refreshToken = old } = await this.#options.refresh(old);
      if (accessToken !== undefined) this.set({ accessToken, ...(refreshToken === undefined ? {} : { refreshToken }) });
    } catch (error) {
      const refused = error instanceof AtriumError && error.status >= 400 && error.status < 500 && error.status !== 429;
      if (refused && this.#tokens) this.set(undefined);
      throw error;
    }
  }
}

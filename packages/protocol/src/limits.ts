/**
 * Limit classes: how often an operation may be called, by whom it is counted, and what counts.
 * `points` per `seconds`; an operator changes either with LIMIT_<NAME>=points/seconds.
 */
export interface LimitClass {
  points: number;
  seconds: number;
  /** Whose calls are added up. `key`: of whatever the operation names, beside its own limit. */
  per: 'ip' | 'user' | 'key';
  /** `failures`: a call that succeeds is not counted. */
  counts: 'calls' | 'failures';
}

export const limits = {
  login: { points: 5, seconds: 900, per: 'ip', counts: 'failures' },
  register: { points: 5, seconds: 900, per: 'ip', counts: 'failures' },
  refresh: { points: 60, seconds: 60, per: 'ip', counts: 'failures' },
  otp: { points: 5, seconds: 900, per: 'user', counts: 'failures' },
  otp_resend: { points: 1, seconds: 60, per: 'user', counts: 'calls' },
  /** Wrong passwords for one e-mail address, wherever they come from. */
  login_account: { points: 5, seconds: 900, per: 'key', counts: 'failures' },
  /** The part of an IP address's failures that one e-mail address accounts for: forgiven when it gets in. */
  login_pair: { points: 5, seconds: 900, per: 'key', counts: 'failures' },
  /** Codes mailed to one account, or asked for by one IP address; for signing in, verifying and changing alike. */
  otp_mail: { points: 5, seconds: 3600, per: 'key', counts: 'calls' },
  /** Mails to the owner of an account without a password, on which one was tried. */
  password_hint: { points: 1, seconds: 3600, per: 'key', counts: 'calls' },
  forgot: { points: 3, seconds: 3600, per: 'ip', counts: 'calls' },
  forgot_account: { points: 3, seconds: 3600, per: 'key', counts: 'calls' },
  reset: { points: 3, seconds: 3600, per: 'ip', counts: 'failures' },
  /** Copies of all of one's own data. */
  export: { points: 3, seconds: 86_400, per: 'user', counts: 'calls' },
  join: { points: 10, seconds: 3600, per: 'user', counts: 'failures' },
  invite: { points: 50, seconds: 3600, per: 'user', counts: 'calls' },
  hook: { points: 60, seconds: 60, per: 'ip', counts: 'failures' },
  public: { points: 120, seconds: 60, per: 'ip', counts: 'calls' },
  user: { points: 600, seconds: 60, per: 'user', counts: 'calls' },
  message: { points: 10, seconds: 5, per: 'user', counts: 'calls' },
  receipt: { points: 100, seconds: 5, per: 'user', counts: 'calls' },
  typing: { points: 20, seconds: 5, per: 'user', counts: 'calls' },
  search: { points: 120, seconds: 60, per: 'user', counts: 'calls' },
  sync: { points: 600, seconds: 60, per: 'user', counts: 'calls' },
} as const satisfies Record<string, LimitClass>;

/** The name of a limit class. */
export type LimitName = keyof typeof limits;
/** Those that count by a key of the operation's own choosing. */
export type KeyedLimitName = {
  [Name in LimitName]: (typeof limits)[Name]['per'] extends 'key' ? Name : never;
}[LimitName];

/** How often a thing takes something, whoever brings it; changed with LIMIT_<NAME> as well. */
export const thingLimits = {
  /** Messages into one conversation. */
  conversation: { points: 100, seconds: 5 },
  /** Messages from one webhook. */
  webhook: { points: 10, seconds: 10 },
} as const;
export type ThingLimitName = keyof typeof thingLimits;

/** Sizes that both ends keep to. */
export const sizes = {
  /** Bytes of a JSON request body. */
  body: 1_000_000,
  /** Bytes of one socket packet. */
  packet: 64 * 1024,
  /** Characters of a message. */
  message: 8_000,
  /** Streams named in one `resume`: so many fit into one packet. */
  resumeStreams: 500,
  /** Events in one page of `resume` or `sync`. */
  syncPage: 500,
  /** Events a client may lag behind before it is told to start over. */
  syncLag: 2_000,
  /** Members up to which a conversation shares everybody's receipts. */
  sharedReceipts: 100,
  /** Different reactions to one message, and all of them together. */
  reactionEmojis: 50,
  reactions: 1_000,
  /** Unread messages are counted up to here. */
  unread: 1_000,
  /** Pinned messages of one conversation. */
  pins: 100,
  /** Messages that one person saves, and drafts that they have. */
  saved: 1_000,
  drafts: 100,
  /** Unread mentions that are listed for one conversation. */
  mentions: 100,
  /** People that one message mentions by name; more are not meant. */
  mentionNames: 50,
  /** Members up to which anyone may mention all of them at once; in larger conversations their managers may. */
  mentionAll: 200,
  /** People named in one call. */
  people: 100,
} as const;

import type { IncomingHttpHeaders } from 'node:http';
import type { Readable } from 'node:stream';
import type { LimitName } from '@atrium/protocol';
import type { RequestInfo } from '../transact/index.ts';
import type { Actor } from './actor.ts';

/** A file that is generated while it is read. */
export interface DownloadFile {
  /** File name for the download: letters, digits, dots and dashes. */
  name: string;
  /** Media type. */
  type: string;
  content: Readable;
}

/** Files that are too large for a response; an operation returns a link to one. */
export interface Download {
  /** Path below /api/v1, with `:token` for the secret. */
  path: `/${string}/:token`;
  /** Throws a problem for an unknown token. */
  open(token: string, request: RequestInfo): Promise<DownloadFile>;
}

/** Bytes of a stored object, both ends included. */
interface Range {
  start: number;
  end: number;
}

/** A file to be served. */
export interface Content {
  /** Identifies the bytes: other bytes have another value. */
  etag: string;
  lastModified: Date;
  bytes: number;
  /** Media type. */
  type: string;
  /** Any text; offered as the name of the file. */
  name: string;
  /** Displayed by browsers instead of downloaded. Only for types that cannot contain scripts. */
  inline: boolean;
  open(range?: Range): Promise<Readable>;
}

/** A request for a file. */
export interface ContentRequest {
  params: Readonly<Record<string, string>>;
  query: Readonly<Record<string, unknown>>;
  info: RequestInfo;
  /** The caller by session or API token; anonymous without one. Throws a problem for invalid credentials. */
  identify(): Promise<Actor>;
}

/** Stored objects and other files, with ranges and conditional requests. */
export interface ContentRoute {
  /** Path below /api/v1. */
  path: `/${string}`;
  /** What bounds callers who are not signed in, by their address; `public` unless given. */
  signedOutLimit?: LimitName;
  /** Throws a problem for what the caller may not see. */
  find(request: ContentRequest): Promise<Content>;
}

/** A document at a secret URL that other programs poll. */
export interface Feed {
  /** Path below /api/v1, with `:secret`. */
  path: `/${string}:secret${string}`;
  /** Media type. */
  type: string;
  /** Throws a problem for an unknown secret. Equal content must give equal text. */
  read(secret: string): Promise<string>;
}

/** The URL of a download or a feed, with its secret in place of `:token` or `:secret`. */
export function secretUrl(appUrl: string, path: Download['path'] | Feed['path'], secret: string): string {
  return `${new URL(appUrl).origin}/api/v1${path.replace(/:(token|secret)/, () => secret)}`;
}

/** A request whose body is not parsed. */
export interface PlainRequest {
  params: Readonly<Record<string, string>>;
  headers: IncomingHttpHeaders;
  body: Buffer;
  ip: string;
}

export interface PlainAnswer {
  status: number;
  text: string;
  retryAfterMs?: number | undefined;
}

/**
 * An endpoint in a foreign format: any body as bytes, plain-text answers. For clients written against another server's
 * API; our own capabilities are always operations.
 */
export interface PlainRoute {
  /** Path below /api/v1. */
  path: string;
  /** Maximum size of the body in bytes. */
  bodyLimit: number;
  /** Media types of bodies; `*` for any, also none. */
  contentTypes: readonly string[];
  /** Answers a POST. Errors are passed to `refuse`. */
  handle(request: PlainRequest): Promise<PlainAnswer>;
  /** Answers requests that never reached `handle`, and its errors. `status` is that of the HTTP server. */
  refuse(error: unknown, status: number): PlainAnswer;
}

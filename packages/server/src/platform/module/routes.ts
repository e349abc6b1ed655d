import type { IncomingHttpHeaders } from 'node:http';
import type { Readable } from 'node:stream';
import type { RequestInfo } from '../transact/index.ts';

/** A file that is made while it is read. */
export interface DownloadFile {
  /** As it is to be called where it is saved: letters, digits, dots and dashes. */
  name: string;
  /** Its media type. */
  type: string;
  content: Readable;
}

/** Files that are too large for an answer: an operation gives a link to one away. */
export interface Download {
  /** Below /api/v1, with `:token` for the secret that opens one. */
  path: `/${string}/:token`;
  /** Throws a problem for a token that opens nothing. */
  open(token: string, request: RequestInfo): Promise<DownloadFile>;
}

/** A document at a secret address that other programs fetch again and again. */
export interface Feed {
  /** Below /api/v1, with `:secret` in it. */
  path: `/${string}:secret${string}`;
  /** Its media type. */
  type: string;
  /** Throws a problem for a secret that opens nothing. The same content gives the same text. */
  read(secret: string): Promise<string>;
}

/** A request as it came, its body unread. */
export interface PlainRequest {
  params: Readonly<Record<string, string>>;
  headers: IncomingHttpHeaders;
  /** In lower case, without parameters; '' when none was given. */
  contentType: string;
  body: string;
  ip: string;
}

export interface PlainAnswer {
  status: number;
  text: string;
  retryAfterMs?: number | undefined;
}

/**
 * An address that speaks the language of others: any body as text, answers in plain text. For what is written against
 * another server; every capability of our own is an operation.
 */
export interface PlainRoute {
  /** Below /api/v1. */
  path: string;
  /** Bytes of a body. */
  bodyLimit: number;
  contentTypes: readonly string[];
  /** Answers a POST. What it throws is answered by `refuse`. */
  handle(request: PlainRequest): Promise<PlainAnswer>;
  /** Answers what never got to `handle`, and what it threw. `status` is that of the HTTP server. */
  refuse(error: unknown, status: number): PlainAnswer;
}

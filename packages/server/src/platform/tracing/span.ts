import { randomBytes } from 'node:crypto';

/** Kinds of span, as numbered by OTLP. */
export const INTERNAL = 1;
export const SERVER = 2;

/** A piece of work with its start and end. */
export interface Span {
  /** 32 hexadecimal digits. */
  traceId: string;
  /** 16 hexadecimal digits. */
  spanId: string;
  parentSpanId?: string | undefined;
  name: string;
  kind: typeof INTERNAL | typeof SERVER;
  /** Milliseconds since 1970. */
  startMs: number;
  endMs: number;
  attributes: Readonly<Record<string, string | number | undefined>>;
  failed: boolean;
}

/** The position of a request in its trace. */
export interface Place {
  traceId: string;
  /** Of the request itself. */
  spanId: string;
  /** Of the caller. */
  parentSpanId?: string | undefined;
}

/** W3C Trace Context (https://www.w3.org/TR/trace-context/), version 00 or a later one that begins alike. */
const TRACEPARENT = /^(?!ff)[\da-f]{2}-(?!0{32})([\da-f]{32})-(?!0{16})([\da-f]{16})-[\da-f]([\da-f])(-|$)/;

/**
 * The position of a request: in the trace of its caller, or in a new one, with the digits of its id.
 * @returns undefined if the caller does not want the trace to be recorded
 */
export function placeOf({
  requestId,
  traceparent,
}: {
  requestId: string;
  traceparent?: string | undefined;
}): Place | undefined {
  const digits = requestId.replaceAll('-', '');
  const own = /^[\da-f]{32}$/.test(digits) ? digits : randomBytes(16).toString('hex');
  const spanId = own.slice(16);
  const [, traceId, parentSpanId, flags] = TRACEPARENT.exec(traceparent?.trim() ?? '') ?? [];
  if (traceId === undefined) return { traceId: own, spanId };
  const isSampled = Number.parseInt(flags ?? '', 16) % 2 === 1;
  return isSampled ? { traceId, spanId, parentSpanId } : undefined;
}

export const newSpanId = () => randomBytes(8).toString('hex');

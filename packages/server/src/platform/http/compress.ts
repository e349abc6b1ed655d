import { promisify } from 'node:util';
import zlib from 'node:zlib';
import { negotiate } from '@fastify/accept-negotiator';
import type { FastifyInstance, onSendAsyncHookHandler, onSendHookHandler } from 'fastify';

const gzip = promisify(zlib.gzip);

/** Smaller answers do not become smaller including the headers. */
const LEAST_BYTES = 1_024;
/** Compressing this much takes some 6 ms of CPU; requests for pages of megabytes would take that from others. */
const MOST_BYTES = 1_048_576;
const TEXT = /^(application\/(json|problem\+json)|text\/)/;

/**
 * Compresses text answers from 1 kB to 1 MB for clients that accept gzip, which all do: Brotli makes JSON a twentieth
 * smaller in twice the time. Files are sent as they are, and so is what has a strong entity tag, which would have to
 * differ.
 */
export function compressAnswers(app: FastifyInstance): void {
  // The last hook of a route: the others see the text.
  app.addHook('onRoute', (route) => {
    const others = [route.onSend ?? []].flat() as onSendHookHandler[];
    route.onSend = [...others, compress as unknown as onSendHookHandler];
  });
}

const compress: onSendAsyncHookHandler = async (request, reply, payload) => {
  if (typeof payload !== 'string' || payload.length < LEAST_BYTES || payload.length > MOST_BYTES) return payload;
  if (!TEXT.test(String(reply.getHeader('content-type')))) return payload;
  if (reply.hasHeader('content-encoding') || reply.hasHeader('etag')) return payload;
  // A cache must not serve it to a client that accepts something else.
  reply.header('vary', [reply.getHeader('vary') ?? [], 'accept-encoding'].flat().join(', '));
  if (negotiate(request.headers['accept-encoding'] ?? '', ['gzip']) === null) return payload;
  reply.header('content-encoding', 'gzip').removeHeader('content-length');
  return gzip(payload);
};

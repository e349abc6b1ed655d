import { createHash } from 'node:crypto';
import type { FastifyInstance } from 'fastify';
import type { Limiter } from '../limits/index.ts';
import type { Feed } from '../module/index.ts';

/** True if the client's If-None-Match contains the tag (RFC 9110 §13.1.2). */
function isKnown(header: string | undefined, etag: string): boolean {
  if (header === undefined) return false;
  const tags = header.split(',').map((tag) => tag.trim().replace(/^W\//, ''));
  return tags.includes(etag) || tags.includes('*');
}

/** Serves feeds, with 304 for clients that have the current version. The limit slows down guessing of secrets. */
export function serveFeeds(app: FastifyInstance, feeds: readonly Feed[], { limiter }: { limiter: Limiter }): void {
  for (const feed of feeds) {
    app.get<{ Params: { secret: string } }>(`/api/v1${feed.path}`, async (request, reply) => {
      await limiter.enter('public', request.ip, undefined);
      const body = await feed.read(request.params.secret);
      const etag = `"${createHash('sha256').update(body).digest('base64url').slice(0, 32)}"`;
      reply.header('etag', etag).header('cache-control', 'private, no-cache');
      if (isKnown(request.headers['if-none-match'], etag)) return reply.code(304).send();
      return reply.type(feed.type).send(body);
    });
  }
}

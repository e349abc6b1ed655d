import type { Readable } from 'node:stream';
import type { FastifyInstance } from 'fastify';
import type { Logger } from 'pino';
import type { Limiter } from '../limits/index.ts';
import { restRequestInfo } from '../operations/request-info.ts';
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

/** Serves downloads. One that fails on the way is cut, so that nobody takes it for whole. Whoever guesses at tokens is slowed down like everyone who has not signed in. */
export function serveDownloads(
  app: FastifyInstance,
  downloads: readonly Download[],
  { limiter, log }: { limiter: Limiter; log: Logger },
): void {
  for (const download of downloads) {
    app.get<{ Params: { token: string } }>(
      `/api/v1${download.path}`,
      { exposeHeadRoute: false },
      async (request, reply) => {
        await limiter.enter('public', request.ip, undefined);
        const file = await download.open(request.params.token, restRequestInfo(request));
        file.content.once('error', (error) => log.error({ err: error, requestId: request.id }, 'a download failed'));
        reply.header('content-disposition', `attachment; filename="${file.name}"`).type(file.type);
        return reply.send(file.content);
      },
    );
  }
}

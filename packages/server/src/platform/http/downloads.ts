import type { FastifyInstance } from 'fastify';
import type { Logger } from 'pino';
import type { Limiter } from '../limits/index.ts';
import type { Download } from '../module/index.ts';
import { restRequestInfo } from './request-info.ts';

/**
 * Serves downloads. The connection of one that fails midway is closed, so that it is not mistaken for complete.
 * Guessing tokens is limited like every anonymous request.
 */
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

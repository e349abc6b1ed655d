import type { FastifyInstance, FastifyPluginCallback, FastifyReply, FastifyRequest } from 'fastify';
import { sendError } from './server.ts';

/** The board sets styles on elements; its scripts are loaded from here, and nothing from elsewhere. */
const POLICY = [
  "default-src 'self'",
  "style-src 'self' 'unsafe-inline'",
  "img-src 'self' data:",
  "base-uri 'self'",
  "form-action 'none'",
  "frame-ancestors 'none'",
].join('; ');
/** The board's page loads a font from another host. */
const FOREIGN_LINK = /<link href="https:[^>]*>\s*/g;

/** A page of another package with its own API, for a few users. */
export interface Board {
  path: string;
  plugin: FastifyPluginCallback<{ prefix: string }>;
  /**
   * Rejects with a problem for users who may not open it, or not do what they request.
   * @returns where to redirect the browser first, if anywhere
   */
  admit(request: FastifyRequest): Promise<string | undefined>;
}

/** Serves a board below its path, with a policy that allows no other host. */
export async function serveBoard(app: FastifyInstance, { path, plugin, admit }: Board): Promise<void> {
  await app.register(
    async (scope) => {
      scope.addHook('onRequest', async (request, reply) => {
        try {
          const detour = await admit(request);
          if (detour !== undefined) return reply.redirect(detour, 303);
        } catch (error) {
          // The board's own error handler would answer with status 500.
          return sendError(reply, error, request.id);
        }
        return undefined;
      });
      scope.addHook('onSend', async (_request, reply, payload) => {
        reply.header('content-security-policy', POLICY).header('cache-control', 'no-store');
        return typeof payload === 'string' && isPage(reply) ? payload.replaceAll(FOREIGN_LINK, '') : payload;
      });
      await scope.register(plugin, { prefix: '' });
    },
    { prefix: path },
  );
}

function isPage(reply: FastifyReply): boolean {
  return String(reply.getHeader('content-type')).startsWith('text/html');
}

import type { IncomingHttpHeaders } from 'node:http';
import type { FastifyInstance } from 'fastify';

/** The part of a request that a page can use. */
export interface PageRequest {
  headers: IncomingHttpHeaders;
  /** IP address of the client. */
  ip: string;
  /** The Host header without its port. */
  hostname: string;
  /** The path with its query. */
  url: string;
}

export interface PageAnswer {
  status?: number;
  /** Added to the default headers, or replacing those of the same name. */
  headers: Readonly<Record<string, string>>;
  body: string | Buffer | undefined;
}

/** A page for people, besides the operations. */
export interface Page {
  path: string;
  answer(request: PageRequest): PageAnswer | Promise<PageAnswer>;
}

/** Serves pages at their paths, also with a trailing slash. */
export function servePages(app: FastifyInstance, pages: readonly Page[]): void {
  for (const page of pages) {
    app.get(page.path, async (request, reply) => {
      const { status = 200, headers, body } = await page.answer(request);
      return reply.code(status).headers(headers).send(body);
    });
    if (!isFolder(page.path)) continue;
    app.get(`${page.path}/`, async (_request, reply) => {
      return reply.redirect(page.path, 308);
    });
  }
}

/** Neither the root nor a path with a file extension or a parameter. */
function isFolder(path: string): boolean {
  return /^\/[^:]*\/?[^./:]+$/.test(path);
}

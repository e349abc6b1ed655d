import type { IncomingHttpHeaders } from 'node:http';
import type { FastifyInstance } from 'fastify';

/** What a page may look at. */
export interface PageRequest {
  headers: IncomingHttpHeaders;
  /** Address of who asks. */
  ip: string;
  /** The Host header without its port. */
  hostname: string;
}

export interface PageAnswer {
  status?: number;
  /** Beyond what every answer has; they replace headers of the same name. */
  headers: Readonly<Record<string, string>>;
  body: string | Buffer | undefined;
}

/** Something for people to look at, beside the operations. */
export interface Page {
  path: string;
  answer(request: PageRequest): PageAnswer | Promise<PageAnswer>;
}

/** Serves pages, each at its path; with a slash behind it, the way people type it, a page is found as well. */
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

/** Neither the root nor a file with an ending. */
function isFolder(path: string): boolean {
  return /^\/.*\/?[^./]+$/.test(path);
}

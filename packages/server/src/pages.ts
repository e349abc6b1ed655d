import type { FastifyInstance } from 'fastify';
import type { Executor } from './platform/database/index.ts';
import { developmentMailbox, mailboxPageHeaders, renderMailboxPage } from './platform/mail/index.ts';
import { problem } from './platform/operations/problem-error.ts';

const LOOPBACK = new Set(['127.0.0.1', '::1', '::ffff:127.0.0.1']);

/** The pages that are no operations. */
export function servePages(app: FastifyInstance, deps: { mailbox: Executor | undefined }): void {
  const { mailbox } = deps;
  if (mailbox === undefined) return;
  // Mails carry codes: only whoever sits at this machine may read them, and no proxy on their behalf.
  app.get('/mailbox', async (request, reply) => {
    if (!LOOPBACK.has(request.ip) || request.headers['x-forwarded-for'] !== undefined) throw problem('not_found');
    const mails = await developmentMailbox(mailbox);
    return reply.headers(mailboxPageHeaders).type('text/html; charset=utf-8').send(renderMailboxPage(mails));
  });
}

import type { IncomingHttpHeaders } from 'node:http';
import type { Executor } from '../platform/database/index.ts';
import { isFromThisMachine, isSameSecret, type Page } from '../platform/http/index.ts';
import {
  developmentMailbox,
  mailboxPageHeaders,
  renderLockedMailbox,
  renderMailboxPage,
  STILL,
} from '../platform/mail/index.ts';
import { problem } from '../platform/module/index.ts';

/** What the page of the development mailbox needs. */
export interface MailboxPageDeps {
  db: Executor;
  /** Shown in the terminal only. */
  token: string;
}

const COOKIE = 'atrium_mailbox';

/**
 * The development mailbox. Mails carry codes and links to new passwords, so it takes the token that the terminal shows:
 * a proxy that passes requests on without a word looks like somebody at this machine.
 */
export function mailboxPage({ db, token }: MailboxPageDeps): Page {
  return {
    path: '/mailbox',
    async answer(request) {
      if (!isFromThisMachine(request)) throw problem('not_found');
      const { searchParams } = new URL(request.url, 'http://localhost');
      const given = searchParams.get('token');
      if (given !== null && isSameSecret(given, token)) {
        const cookie = `${COOKIE}=${token}; Path=/mailbox; HttpOnly; SameSite=Strict`;
        const headers = { ...mailboxPageHeaders, location: '/mailbox', 'set-cookie': cookie };
        return { status: 303, headers, body: undefined };
      }
      const isOpen = isSameSecret(cookieOf(request.headers), token);
      const body = isOpen
        ? renderMailboxPage(await developmentMailbox(db), { still: searchParams.has(STILL) })
        : renderLockedMailbox();
      return { headers: mailboxPageHeaders, body };
    },
  };
}

function cookieOf({ cookie = '' }: IncomingHttpHeaders): string {
  return new RegExp(`(?:^|; )${COOKIE}=([^;]*)`).exec(cookie)?.[1] ?? '';
}

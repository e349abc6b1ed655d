import { createHash, timingSafeEqual } from 'node:crypto';
import type { IncomingHttpHeaders } from 'node:http';
import type { Executor } from './platform/database/index.ts';
import type { Page, PageRequest } from './platform/http/index.ts';
import {
  developmentMailbox,
  mailboxPageHeaders,
  renderLockedMailbox,
  renderMailboxPage,
} from './platform/mail/index.ts';
import { problem } from './platform/module/index.ts';

/** What the page of the development mailbox needs. */
export interface MailboxPageDeps {
  db: Executor;
  /** Shown in the terminal only. */
  token: string;
}

const COOKIE = 'atrium_mailbox';
const LOOPBACK_ADDRESSES = new Set(['127.0.0.1', '::1', '::ffff:127.0.0.1']);

/**
 * The development mailbox. Mails carry codes and links to new passwords, so it takes the token that the terminal shows:
 * a proxy that passes requests on without a word looks like somebody at this machine.
 */
export function mailboxPage({ db, token }: MailboxPageDeps): Page {
  return {
    path: '/mailbox',
    async answer(request) {
      if (!isFromThisMachine(request)) throw problem('not_found');
      const given = new URL(request.url, 'http://localhost').searchParams.get('token');
      if (given !== null && isSame(given, token)) {
        const cookie = `${COOKIE}=${token}; Path=/mailbox; HttpOnly; SameSite=Strict`;
        const headers = { ...mailboxPageHeaders, location: '/mailbox', 'set-cookie': cookie };
        return { status: 303, headers, body: undefined };
      }
      const isOpen = isSame(cookieOf(request.headers), token);
      const body = isOpen ? renderMailboxPage(await developmentMailbox(db)) : renderLockedMailbox();
      return { headers: mailboxPageHeaders, body };
    },
  };
}

/** Whether an address leads to this machine and nowhere else. */
export function isLocalAddress(address: string): boolean {
  const { hostname } = new URL(address);
  return isLocalName(hostname);
}

/** Whether only this machine can reach what listens there. */
export function isLocalHost(host: string): boolean {
  return isLocalName(host === '::1' ? '[::1]' : host);
}

function isLocalName(name: string): boolean {
  return /^(localhost|.+\.localhost|127(\.\d+){3}|\[::1\])$/.test(name.toLowerCase());
}

/** No proxy that says so, and no page whose name was made to point here. */
function isFromThisMachine({ headers, ip, hostname }: PageRequest): boolean {
  return (
    LOOPBACK_ADDRESSES.has(ip) &&
    isLocalName(hostname) &&
    headers['x-forwarded-for'] === undefined &&
    headers.forwarded === undefined
  );
}

function cookieOf({ cookie = '' }: IncomingHttpHeaders): string {
  return new RegExp(`(?:^|; )${COOKIE}=([^;]*)`).exec(cookie)?.[1] ?? '';
}

function isSame(given: string, token: string): boolean {
  const digest = (value: string) => createHash('sha256').update(value).digest();
  return timingSafeEqual(digest(given), digest(token));
}

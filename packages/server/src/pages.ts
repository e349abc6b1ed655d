import { accountPages } from './account-pages/index.ts';
import { HOME_STYLE, renderHomePage } from './home-page.ts';
import type { Executor } from './platform/database/index.ts';
import { answerDocs, docsPages } from './platform/docs/index.ts';
import type { Page, PageRequest } from './platform/http/pages.ts';
import { loadScalarScript } from './platform/http/scalar-script.ts';
import { developmentMailbox, MAILBOX_STYLE, mailboxPageHeaders, renderMailboxPage } from './platform/mail/index.ts';
import { problem } from './platform/operations/problem-error.ts';
import { assetPage, pageHeaders, sharedAssets } from './platform/pages/index.ts';

const CSS = 'text/css; charset=utf-8';

/** What the pages need. */
export interface PagesDeps {
  appUrl: string;
  /** Set where mails land in the development mailbox. */
  mailbox: Executor | undefined;
}

/**
 * The pages that are no operations: where to begin, what mails lead to, the documentation, and the mailbox of a
 * developer.
 */
export function createPages({ appUrl, mailbox }: PagesDeps): Page[] {
  const home = renderHomePage({ appUrl, mailbox: mailbox !== undefined });
  return [
    { path: '/', answer: () => ({ headers: pageHeaders({ scripts: false }), body: home }) },
    assetPage('/assets/home.css', CSS, HOME_STYLE),
    ...sharedAssets(),
    ...accountPages(),
    ...docsPages({ appUrl, scalarScript: loadScalarScript }).map((page) => ({
      path: page.path,
      answer: (request: PageRequest) => answerDocs(page, request.headers),
    })),
    ...(mailbox === undefined ? [] : [mailboxPage(mailbox), assetPage('/assets/mailbox.css', CSS, MAILBOX_STYLE)]),
  ];
}

/** Mails carry codes: only whoever sits at this machine may read them. */
function mailboxPage(mailbox: Executor): Page {
  return {
    path: '/mailbox',
    async answer(request) {
      if (!isFromThisMachine(request)) throw problem('not_found');
      const mails = await developmentMailbox(mailbox);
      return { headers: mailboxPageHeaders, body: renderMailboxPage(mails) };
    },
  };
}

const LOOPBACK_ADDRESSES = new Set(['127.0.0.1', '::1', '::ffff:127.0.0.1']);
const LOOPBACK_HOSTS = new Set(['localhost', '127.0.0.1', '[::1]']);

/**
 * No proxy on somebody's behalf, and no page whose name was made to point here: a browser on this machine says in Host
 * which name it was given.
 */
function isFromThisMachine({ headers, ip, hostname }: PageRequest): boolean {
  return (
    LOOPBACK_ADDRESSES.has(ip) &&
    LOOPBACK_HOSTS.has(hostname.toLowerCase()) &&
    headers['x-forwarded-for'] === undefined &&
    headers.forwarded === undefined
  );
}

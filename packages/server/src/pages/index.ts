import { UNSUBSCRIBE_PATH } from '../modules/notifications/index.ts';
import { answerDocs, docsPages } from '../platform/docs/index.ts';
import { loadScalarScript, type Page, type PageRequest } from '../platform/http/index.ts';
import { MAILBOX_STYLE } from '../platform/mail/index.ts';
import { assetPage, pageHeaders, renderPage, sharedAssets } from '../platform/pages/index.ts';
import { FIRST_STEPS_STYLE, renderFirstSteps } from './first-steps.ts';
import { type MailboxPageDeps, mailboxPage } from './mailbox.ts';
import { unsubscribePage } from './unsubscribe.ts';

const CSS = 'text/css; charset=utf-8';

/** What the pages need. */
export interface PagesDeps {
  appUrl: string;
  /** Set where mails land in the development mailbox. */
  mailbox: MailboxPageDeps | undefined;
}

/**
 * The pages that are no operations: where to begin, what mails lead to, the documentation, and the mailbox of a
 * developer.
 */
export function createPages({ appUrl, mailbox }: PagesDeps): Page[] {
  const firstSteps = renderFirstSteps({ appUrl, mailbox: mailbox !== undefined });
  return [
    { path: '/docs/first-steps', answer: () => ({ headers: pageHeaders, body: firstSteps }) },
    assetPage('/assets/first-steps.css', CSS, FIRST_STEPS_STYLE),
    ...sharedAssets(),
    unsubscribePage(`/api/v1${UNSUBSCRIBE_PATH}`),
    ...docsPages({ appUrl, scalarScript: loadScalarScript }).map((page) => ({
      path: page.path,
      answer: (request: PageRequest) => answerDocs(page, request.headers),
    })),
    ...(mailbox === undefined ? [] : [mailboxPage(mailbox), assetPage('/assets/mailbox.css', CSS, MAILBOX_STYLE)]),
  ];
}

/** What stands at / in place of the web app when it has not been built. */
export function missingAppPage(): Page {
  const main = `<h1>The web app is not built</h1>
<p>The server runs, but the files of the web app are missing. <code>npm start</code> builds them; so does
<code>node packages/web/build/main.ts</code>.</p>
<p><a href="/docs">REST reference</a> · <a href="/docs/first-steps">First steps with the API</a></p>`;
  const body = renderPage({ title: 'Atrium', main });
  return { path: '/', answer: () => ({ headers: pageHeaders, body }) };
}

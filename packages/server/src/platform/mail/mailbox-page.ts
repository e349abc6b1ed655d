import type { Executor } from '../database/index.ts';
import { escapeHtml, pageHeaders, renderPage } from '../pages/index.ts';
import { type MailRow, newestMails } from './store.ts';

/** An email in the development mailbox. */
export interface MailboxEntry {
  id: string;
  toName: string;
  toAddress: string;
  subject: string;
  text: string;
  state: MailRow['state'];
  createdAt: Date;
}

const REFRESH_SECONDS = 5;
const SHOWN = 50;

/** Styles of the page besides the shared ones. */
export const MAILBOX_STYLE = `article { margin: 1rem 0; padding: 1rem; border: 1px solid var(--line); border-radius: 0.5rem; }
h1 { margin-bottom: 0.5rem; }
h2 { margin: 0; font-size: 1.1rem; overflow-wrap: anywhere; }
.facts { margin: 0.25rem 0 0.75rem; color: var(--quiet); font-size: 0.9rem; overflow-wrap: anywhere; }
.code { margin: 0.25rem 0 0.5rem; font-size: 2rem; font-weight: 600; line-height: 1.2; overflow-wrap: break-word; }
.code code { font-size: 1em; letter-spacing: 0.06em; }
pre { padding: 0; border: 0; background: none; font: inherit; white-space: pre-wrap; overflow-wrap: anywhere; }
code { overflow-wrap: anywhere; }
`;

/** Headers of the page: no scripts, no foreign content, not stored by the browser. */
export const mailboxPageHeaders = { ...pageHeaders, 'cache-control': 'no-store' };

/** The 50 newest emails of an Atrium without an SMTP server, newest first. */
export async function developmentMailbox(db: Executor): Promise<MailboxEntry[]> {
  return (await newestMails(db, SHOWN)).map((row) => ({
    id: row.id,
    toName: row.to_name,
    toAddress: row.to_address,
    subject: row.subject,
    text: row.text,
    state: row.state,
    createdAt: row.created_at,
  }));
}

function withLinks(text: string): string {
  return text
    .split(/(https?:\/\/[^\s<>"']+)/)
    .map((part, index) => {
      const escaped = escapeHtml(part);
      return index % 2 === 1 ? `<a href="${escaped}" rel="noreferrer">${escaped}</a>` : escaped;
    })
    .join('');
}

/** A line that contains only a code, as in the template. */
function codeOf(text: string): string | undefined {
  return /^ {4}([0-9A-Z][0-9A-Z-]{3,63})$/m.exec(text)?.[1];
}

function article(mail: MailboxEntry): string {
  const at = mail.createdAt.toISOString();
  const name = mail.toName === '' ? '' : `${escapeHtml(mail.toName)} `;
  const time = `<time datetime="${at}">${at.slice(0, 19).replace('T', ' ')} UTC</time>`;
  const note = { queued: ', on its way', sent: '', failed: ', given up' }[mail.state];
  const code = codeOf(mail.text);
  const large = code === undefined ? '' : `<p class="code"><code>${escapeHtml(code)}</code></p>\n`;
  return `<article aria-labelledby="m-${escapeHtml(mail.id)}">
<h2 id="m-${escapeHtml(mail.id)}">${escapeHtml(mail.subject)}</h2>
<p class="facts">To ${name}&lt;${escapeHtml(mail.toAddress)}&gt;, ${time}${note}</p>
${large}<pre>${withLinks(mail.text)}</pre>
</article>`;
}

const EMPTY = `<p>No mail yet. Sign up with any address: the verification code arrives here and in the terminal that runs
Atrium.</p>`;

/** How the page is told not to refresh. */
export const STILL = 'still';

const RELOADING = `<p>This page reloads every ${REFRESH_SECONDS} s. <a href="/mailbox?${STILL}">Stop reloading</a></p>`;
const NOT_RELOADING = '<p>This page does not reload by itself. <a href="/mailbox">Reload every few seconds</a></p>';

/**
 * The development mailbox as one page without scripts.
 * @param options.still whether it stays as it is; otherwise it reloads every 5 s
 */
export function renderMailboxPage(mails: readonly MailboxEntry[], { still = false }: { still?: boolean } = {}): string {
  const main = `<h1>Development mailbox</h1>
<p>No SMTP server is configured, so mails stay on this machine. Set <code>SMTP_URL</code> and <code>MAIL_FROM</code> to
send them.</p>
${still ? NOT_RELOADING : RELOADING}
${mails.length === 0 ? EMPTY : mails.map(article).join('\n')}`;
  const title = `Mailbox (${mails.length}) - Atrium`;
  return renderPage({
    title,
    main,
    styles: ['/assets/mailbox.css'],
    ...(still ? {} : { refreshSeconds: REFRESH_SECONDS }),
  });
}

/** The page for a browser without the token of the mailbox. */
export function renderLockedMailbox(): string {
  const main = `<h1>Development mailbox</h1>
<p>Mails carry codes and links to new passwords. To see them, open the address that the terminal shows when Atrium starts:
it ends in <code>/mailbox?token=…</code>.</p>`;
  return renderPage({ title: 'Mailbox - Atrium', main, styles: ['/assets/mailbox.css'] });
}

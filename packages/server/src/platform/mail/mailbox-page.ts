import { createHash } from 'node:crypto';
import type { Executor } from '../database/index.ts';
import { escapeHtml } from './html.ts';
import { type MailRow, newestMails } from './store.ts';

/** A mail as the development mailbox shows it. */
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

const STYLE = `
:root { color-scheme: light dark; }
body { margin: 0 auto; padding: 1rem; max-width: 44rem; line-height: 1.5; font-family: system-ui, sans-serif; }
article { margin: 1rem 0; padding: 1rem; border: 1px solid #8888; border-radius: 0.5rem; }
h1 { font-size: 1.4rem; }
h2 { margin: 0; font-size: 1.1rem; overflow-wrap: anywhere; }
.facts { margin: 0.25rem 0 0.75rem; font-size: 0.9rem; overflow-wrap: anywhere; }
pre { margin: 0; white-space: pre-wrap; overflow-wrap: anywhere; font: inherit; }
code { overflow-wrap: anywhere; }
`;

/**
 * Headers of the page: no script, no foreign content, never stored by a browser. The one style is allowed by its hash.
 */
export const mailboxPageHeaders = {
  'content-type': 'text/html; charset=utf-8',
  'cache-control': 'no-store',
  'referrer-policy': 'no-referrer',
  'x-content-type-options': 'nosniff',
  'content-security-policy': `default-src 'none'; style-src 'sha256-${createHash('sha256').update(STYLE).digest('base64')}'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'`,
} as const;

/** The newest mails (50) of an Atrium without SMTP server, newest first. */
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

function article(mail: MailboxEntry): string {
  const at = mail.createdAt.toISOString();
  const name = mail.toName === '' ? '' : `${escapeHtml(mail.toName)} `;
  const time = `<time datetime="${at}">${at.slice(0, 19).replace('T', ' ')} UTC</time>`;
  const note = { queued: ', on its way', sent: '', failed: ', given up' }[mail.state];
  return `<article aria-labelledby="m-${escapeHtml(mail.id)}">
<h2 id="m-${escapeHtml(mail.id)}">${escapeHtml(mail.subject)}</h2>
<p class="facts">To ${name}&lt;${escapeHtml(mail.toAddress)}&gt;, ${time}${note}</p>
<pre>${withLinks(mail.text)}</pre>
</article>`;
}

const EMPTY = `<p>No mail yet. Sign up with any address: the verification code arrives here and in the terminal that runs
Atrium.</p>`;

/** The development mailbox as one page without scripts; it looks for new mails by itself every 5 s. */
export function renderMailboxPage(mails: readonly MailboxEntry[]): string {
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta http-equiv="refresh" content="${REFRESH_SECONDS}">
<title>Mailbox (${mails.length}) - Atrium</title>
<style>${STYLE}</style>
</head>
<body>
<main>
<h1>Development mailbox</h1>
<p>No SMTP server is configured, so mails stay on this machine. Set <code>SMTP_URL</code> and <code>MAIL_FROM</code> to
send them.</p>
${mails.length === 0 ? EMPTY : mails.map(article).join('\n')}
</main>
</body>
</html>
`;
}

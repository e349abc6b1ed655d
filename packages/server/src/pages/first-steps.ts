import { escapeHtml, renderPage } from '../platform/pages/index.ts';

/** The style of the page beyond what all pages share. */
export const FIRST_STEPS_STYLE = `h1 { margin-bottom: 0.5rem; }
.places { display: grid; grid-template-columns: repeat(auto-fit, minmax(13rem, 1fr)); gap: 0.75rem; margin: 1.25rem 0; padding: 0; list-style: none; }
.places a { display: block; height: 100%; padding: 0.75rem 1rem; border: 1px solid var(--line); border-radius: 0.5rem; text-decoration: none; }
.places a:hover { border-color: var(--link); background: var(--code); }
.places strong { display: block; }
.places span { color: var(--quiet); font-size: 0.92rem; }
pre { overflow-x: visible; white-space: pre-wrap; overflow-wrap: anywhere; }
`;

const STEPS = (url: string) => `ATRIUM=${url}
api() { route=$1; shift; curl -sS "$ATRIUM/api/v1$route" -H 'content-type: application/json' "$@"; }

# An account, and a token to speak for it
ME='"email":"eva@example.org","password":"seven herons by the weir"'
api /auth/register -d "{\\"name\\":\\"Eva\\",$ME}"
TOKEN=$(api /auth/login -d "{$ME}" | sed 's/.*"accessToken":"\\([^"]*\\)".*/\\1/')

# Who am I, and what do I see?
api /users/me -H "authorization: Bearer $TOKEN"
api /snapshot -H "authorization: Bearer $TOKEN"`;

/**
 * The page at /docs/first-steps for people who write programs: where everything is, and what to try first.
 * @param options.mailbox whether mails land in the development mailbox
 */
export function renderFirstSteps({ appUrl, mailbox }: { appUrl: string; mailbox: boolean }): string {
  const places: [address: string, title: string, words: string][] = [
    ['/docs', 'REST reference', 'Every operation, to read and to try'],
    ['/docs/live', 'Live events', 'What the server tells, and what it takes by socket'],
    ...(mailbox ? ([['/mailbox', 'Mailbox', 'Mails of this server, while no mail server is set']] as const) : []),
    ['/health/ready', 'Health', 'Whether this server can serve'],
  ].map(([address = '', title = '', words = '']) => [address, title, words]);
  const items = places.map(
    ([address, title, words]) => `<li><a href="${address}"><strong>${title}</strong><span>${words}</span></a></li>`,
  );
  const main = `<h1>First steps with the API</h1>
<p>A live workspace of your own: one login, one API, one live stream.</p>
<nav aria-label="Where to go">
<ul class="places">
${items.join('\n')}
</ul>
</nav>

<p>In a terminal:</p>
<pre tabindex="0" aria-label="Commands to try"><code>${escapeHtml(STEPS(appUrl))}</code></pre>
<p>${
    mailbox
      ? 'No mail server is set, so the mail with the verification code lands in the <a href="/mailbox">mailbox</a>, which only this machine can open, by the address that the terminal shows.'
      : 'The code that proves an address is sent to it by mail.'
  }</p>
<h2>What next</h2>
<ul>
<li>The tour in <code>README.md</code>: a workspace, a join code, two people, messages that arrive once.</li>
<li>Guides in the folder <code>docs/guides</code>: signing in with a second factor, and who may do what.</li>
<li>The same with types: the SDK in <code>packages/client</code>.</li>
</ul>`;
  return renderPage({ title: 'First steps - Atrium', main, styles: ['/assets/first-steps.css'] });
}

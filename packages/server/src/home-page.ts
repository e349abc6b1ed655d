import { createHash } from 'node:crypto';
import { escapeHtml } from './platform/mail/html.ts';

const STYLE = `
:root { color-scheme: light dark; --line: #8886; --soft: #8882; }
body { margin: 0 auto; padding: 1rem; max-width: 46rem; line-height: 1.55; font-family: system-ui, sans-serif; }
h1 { font-size: 1.8rem; margin-block: 1rem 0; }
h2 { font-size: 1.15rem; margin-block: 2rem 0.5rem; }
nav ul { display: flex; flex-wrap: wrap; gap: 0.5rem 1rem; margin: 0; padding: 0; list-style: none; }
nav a { display: block; padding: 0.5rem 0.9rem; border: 1px solid var(--line); border-radius: 0.5rem; }
pre { overflow-x: auto; padding: 0.75rem 1rem; border: 1px solid var(--line); border-radius: 0.5rem; background: var(--soft); }
code { font-family: ui-monospace, monospace; font-size: 0.9em; }
`;

/** Headers of the page: no script, no foreign content; the one style is allowed by its hash. */
export const homePageHeaders = {
  'content-type': 'text/html; charset=utf-8',
  'content-security-policy': `default-src 'none'; style-src 'sha256-${createHash('sha256').update(STYLE).digest('base64')}'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'`,
} as const;

const STEPS = (url: string) => `API=${url}/api/v1

# An account, and a token to speak for it
curl -s $API/auth/register -H 'content-type: application/json' \\
  -d '{"name":"Ann","email":"ann@example.org","password":"a long sentence is a good one"}'
TOKEN=$(curl -s $API/auth/login -H 'content-type: application/json' \\
  -d '{"email":"ann@example.org","password":"a long sentence is a good one"}' | sed 's/.*"accessToken":"\\([^"]*\\)".*/\\1/')

# Who am I, and what do I see?
curl -s $API/users/me -H "authorization: Bearer $TOKEN"
curl -s $API/snapshot -H "authorization: Bearer $TOKEN"`;

/**
 * The page at /: says that Atrium runs, where everything is, and what to try first.
 * @param options.mailbox whether mails land in the development mailbox
 */
export function renderHomePage({ appUrl, mailbox }: { appUrl: string; mailbox: boolean }): string {
  const links = [
    ['/docs', 'REST reference'],
    ['/docs/live', 'Live events'],
    ...(mailbox ? [['/mailbox', 'Mailbox for development']] : []),
    ['/health/ready', 'Health'],
  ];
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>Atrium</title>
<style>${STYLE}</style>
</head>
<body>
<main>
<h1>Atrium is running</h1>
<p>A live workspace of your own: one login, one API, one live stream.</p>
<nav aria-label="Where to go">
<ul>
${links.map(([href, title]) => `<li><a href="${href}">${title}</a></li>`).join('\n')}
</ul>
</nav>
<h2>First steps</h2>
<p>In a terminal:</p>
<pre tabindex="0" aria-label="Commands to try"><code>${escapeHtml(STEPS(appUrl))}</code></pre>
<p>${
    mailbox
      ? 'No mail server is set, so the mail with the verification code lands in the <a href="/mailbox">mailbox</a>, which only this machine can open.'
      : 'The code that proves an address is sent to it by mail.'
  }</p>
</main>
</body>
</html>
`;
}

import type { Page } from '../platform/http/index.ts';
import { pageHeaders, renderPage } from '../platform/pages/index.ts';

/** Without an address of its own, a form is sent to where its page is. */
const MAIN = `<h1>Stop these mails?</h1>
<p>Atrium then sends you no more mails of this kind. Everything else stays as it is, and you can turn them on again in the
settings of your account.</p>
<form method="post"><p><button>Stop these mails</button></p></form>`;

/**
 * Where the link of a mail leads in a browser. Looking at it changes nothing, since programs that check links do that too;
 * the button posts to the same address.
 */
export function unsubscribePage(path: string): Page {
  const policy = pageHeaders['content-security-policy']?.replace("form-action 'none'", "form-action 'self'") ?? '';
  const body = renderPage({ title: 'Stop mails - Atrium', main: MAIN });
  return {
    path,
    answer: () => ({
      headers: {
        ...pageHeaders,
        'content-security-policy': policy,
        'cache-control': 'no-store',
        'referrer-policy': 'no-referrer',
      },
      body,
    }),
  };
}

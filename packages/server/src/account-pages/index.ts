import { readFileSync } from 'node:fs';
import type { Page } from '../platform/http/index.ts';
import { assetPage, pageHeaders, renderPage } from '../platform/pages/index.ts';
import { ACCOUNT_PAGES } from './pages.ts';
import { FORM_STYLE } from './style.ts';

const SCRIPT = 'text/javascript; charset=utf-8';
/** What the scripts of several pages share. */
const SHARED_SCRIPTS = ['api', 'forms', 'session'];

/**
 * The pages that mails lead to: verifying an address, a new password, joining a workspace. They call the API as any
 * browser does, with cookies; what a link carries stands behind its #, where no server sees it.
 */
export function accountPages(): Page[] {
  const headers = pageHeaders({ scripts: true });
  const pages = ACCOUNT_PAGES.map(({ name, title, main }) => {
    const scripts = [`/assets/account/${name}.js`];
    const body = renderPage({ title, main, styles: ['/assets/account/forms.css'], scripts });
    return { path: `/${name}`, answer: () => ({ headers, body }) };
  });
  const scripts = [...SHARED_SCRIPTS, ...ACCOUNT_PAGES.map(({ name }) => name)].map((name) =>
    assetPage(`/assets/account/${name}.js`, SCRIPT, readFileSync(new URL(`./browser/${name}.js`, import.meta.url))),
  );
  return [...pages, ...scripts, assetPage('/assets/account/forms.css', 'text/css; charset=utf-8', FORM_STYLE)];
}

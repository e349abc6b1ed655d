import { escapeHtml } from './escape.ts';

/** A page for people, with its resources. */
export interface Layout {
  /** Plain text. */
  title: string;
  /** HTML inside <main>. */
  main: string;
  /** URLs of further style sheets. */
  styles?: readonly string[];
  /** Seconds after which the page reloads. */
  refreshSeconds?: number;
}

/** The URL of the shared style sheet. */
export const PAGE_STYLE_PATH = '/assets/page.css';

/** Renders a complete page, without scripts or inline styles. */
export function renderPage({ title, main, styles = [], refreshSeconds }: Layout): string {
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
${refreshSeconds === undefined ? '' : `<meta http-equiv="refresh" content="${refreshSeconds}">\n`}<title>${escapeHtml(title)}</title>
<link rel="icon" href="/favicon.svg" type="image/svg+xml">
${[PAGE_STYLE_PATH, ...styles].map((path) => `<link rel="stylesheet" href="${path}">`).join('\n')}
</head>
<body>
<header class="site"><a href="/"><img src="/favicon.svg" alt="" width="24" height="24">Atrium</a></header>
<main>
${main}
</main>
</body>
</html>
`;
}

const POLICY = [
  "default-src 'none'",
  "style-src 'self'",
  "img-src 'self'",
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
].join('; ');

/** Headers of a page without scripts. It can neither load nor send anything else. */
export const pageHeaders: Readonly<Record<string, string>> = {
  'content-type': 'text/html; charset=utf-8',
  'content-security-policy': POLICY,
};

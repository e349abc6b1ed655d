import { escapeHtml } from './escape.ts';

/** A page for people, and what it loads. */
export interface Layout {
  /** Plain text. */
  title: string;
  /** HTML inside <main>. */
  main: string;
  /** URLs of further style sheets and scripts. */
  styles?: readonly string[];
  scripts?: readonly string[];
  /** Seconds after which the page reloads. */
  refreshSeconds?: number;
}

/** The URL of the shared style sheet. */
export const PAGE_STYLE_PATH = '/assets/page.css';

/** Renders a complete page, without inline scripts or styles. */
export function renderPage({ title, main, styles = [], scripts = [], refreshSeconds }: Layout): string {
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
${refreshSeconds === undefined ? '' : `<meta http-equiv="refresh" content="${refreshSeconds}">\n`}<title>${escapeHtml(title)}</title>
<link rel="icon" href="/favicon.svg" type="image/svg+xml">
${[PAGE_STYLE_PATH, ...styles].map((path) => `<link rel="stylesheet" href="${path}">`).join('\n')}
${scripts.map((path) => `<script type="module" src="${path}"></script>\n`).join('')}</head>
<body>
<header class="site"><a href="/"><img src="/favicon.svg" alt="" width="24" height="24">Atrium</a></header>
<main>
${main}
</main>
</body>
</html>
`;
}

/**
 * Headers of such a page. Without a script it can neither load nor send anything but what it shows.
 * @param options.scripts the page runs scripts of ours, which call the API
 */
export function pageHeaders({ scripts }: { scripts: boolean }): Record<string, string> {
  const policy = [
    "default-src 'none'",
    "style-src 'self'",
    "img-src 'self'",
    ...(scripts ? ["script-src 'self'", "connect-src 'self'"] : []),
    "base-uri 'none'",
    // If a form's script does not run, the form must not put a password into the URL.
    "form-action 'none'",
    "frame-ancestors 'none'",
  ];
  return { 'content-type': 'text/html; charset=utf-8', 'content-security-policy': policy.join('; ') };
}

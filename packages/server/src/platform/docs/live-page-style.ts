import { PAGE_STYLE } from '../pages/index.ts';

/** Styles of the page of the live API. */
export const LIVE_PAGE_STYLE = `${PAGE_STYLE}
body { max-width: 78rem; }
h2 { margin: 2.5rem 0 0.5rem; }
h3 { margin: 1.5rem 0 0.25rem; font-size: 1.05rem; overflow-wrap: break-word; }
h4 { margin: 0.75rem 0 0.25rem; font-size: 0.85rem; color: var(--quiet); }
h3 code { font-size: 1em; }
.note { color: var(--quiet); }
.anchor { color: inherit; text-decoration: none; }
.anchor:hover { text-decoration: underline; }
article { padding-bottom: 0.75rem; border-bottom: 1px solid var(--line); }
article:target > h3 { text-decoration: underline; }
tbody th { font-weight: normal; overflow-wrap: break-word; }
.skip { position: absolute; inset-inline-start: -100vw; }
.skip:focus { inset-inline-start: 1rem; padding: 0.5rem; background: var(--page); }
nav { margin-top: 1rem; font-size: 0.92rem; }
nav h2 { margin: 0.9rem 0 0.2rem; font-size: 0.95rem; }
nav ul { margin: 0; padding: 0; list-style: none; columns: 11rem; }
nav li a { display: block; padding: 0.15rem 0; text-decoration: none; overflow-wrap: break-word; }
nav li a:hover { text-decoration: underline; }
@media (min-width: 62rem) {
  body { display: grid; grid-template-columns: 15rem minmax(0, 1fr); column-gap: 2.5rem; }
  header { grid-column: 1 / -1; }
  nav { position: sticky; top: 0; max-height: 100vh; padding-bottom: 2rem; overflow-y: auto; }
  nav ul { columns: auto; }
  main > section:first-child > h2 { margin-top: 1rem; }
}
@media print {
  nav, .skip { display: none; }
}
`;

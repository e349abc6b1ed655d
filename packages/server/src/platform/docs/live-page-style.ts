/** The style of the live API's page. */
export const LIVE_PAGE_STYLE = `:root {
  color-scheme: light dark;
  --text: light-dark(#1c1e21, #e4e6ea);
  --quiet: light-dark(#565b64, #a2a8b3);
  --link: light-dark(#0a58a8, #7fb9f5);
  --page: light-dark(#ffffff, #15171a);
  --code: light-dark(#f3f4f6, #1f2226);
  --line: light-dark(#d9dce1, #363a41);
}
* { box-sizing: border-box; }
html { scroll-padding-top: 1rem; }
body {
  margin: 0 auto;
  padding: 1rem;
  max-width: 78rem;
  color: var(--text);
  background: var(--page);
  font: 1rem/1.55 system-ui, sans-serif;
}
a { color: var(--link); text-underline-offset: 0.15em; }
a:focus-visible, pre:focus-visible { outline: 2px solid var(--link); outline-offset: 2px; }
h1 { margin: 0; font-size: 1.7rem; line-height: 1.2; }
h2 { margin: 2.5rem 0 0.5rem; font-size: 1.3rem; }
h3 { margin: 1.5rem 0 0.25rem; font-size: 1.05rem; overflow-wrap: anywhere; }
h4 { margin: 0.75rem 0 0.25rem; font-size: 0.85rem; color: var(--quiet); }
p { margin: 0.4rem 0; max-width: 46rem; }
code, pre { font-family: ui-monospace, 'Cascadia Mono', Menlo, Consolas, monospace; font-size: 0.88em; }
pre {
  margin: 0.25rem 0;
  padding: 0.75rem;
  overflow-x: auto;
  border: 1px solid var(--line);
  border-radius: 0.4rem;
  background: var(--code);
  line-height: 1.5;
  tab-size: 2;
}
h3 code { font-size: 1em; }
.note { color: var(--quiet); }
.anchor { color: inherit; text-decoration: none; }
.anchor:hover { text-decoration: underline; }
article { padding-bottom: 0.75rem; border-bottom: 1px solid var(--line); }
article:target > h3 { text-decoration: underline; }
table { width: 100%; border-collapse: collapse; }
th, td { padding: 0.35rem 0.75rem 0.35rem 0; border-bottom: 1px solid var(--line); text-align: start; vertical-align: top; }
tbody th { font-weight: normal; overflow-wrap: anywhere; }
.skip { position: absolute; inset-inline-start: -100vw; }
.skip:focus { inset-inline-start: 1rem; padding: 0.5rem; background: var(--page); }
nav { margin-top: 1rem; font-size: 0.92rem; }
nav h2 { margin: 0.9rem 0 0.2rem; font-size: 0.95rem; }
nav ul { margin: 0; padding: 0; list-style: none; columns: 9.5rem; }
nav li a { display: block; padding: 0.15rem 0; text-decoration: none; overflow-wrap: anywhere; }
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
  pre { white-space: pre-wrap; }
}
`;

/** The shared style of all pages: colours for light and dark, type, links, code, tables, back links. */
export const PAGE_STYLE = `:root {
  color-scheme: light dark;
  --text: light-dark(#1c1e21, #e4e6ea);
  --quiet: light-dark(#565b64, #a2a8b3);
  --link: light-dark(#0a58a8, #7fb9f5);
  --on-link: light-dark(#ffffff, #10141a);
  --page: light-dark(#ffffff, #15171a);
  --code: light-dark(#f3f4f6, #1f2226);
  --line: light-dark(#d9dce1, #363a41);
  --edge: light-dark(#7d838d, #7d838d);
  --wrong: light-dark(#b3261e, #ff9c94);
}
* { box-sizing: border-box; }
html { scroll-padding-top: 1rem; }
body {
  margin: 0 auto;
  padding: 1rem;
  max-width: 46rem;
  color: var(--text);
  background: var(--page);
  font: 1rem/1.55 system-ui, sans-serif;
}
[hidden] { display: none !important; }
a { color: var(--link); text-underline-offset: 0.15em; }
:focus-visible { outline: 2px solid var(--link); outline-offset: 2px; }
h1 { margin: 0; font-size: 1.7rem; line-height: 1.2; overflow-wrap: break-word; }
h1:focus, h2:focus { outline: none; }
h2 { margin: 2rem 0 0.5rem; font-size: 1.3rem; line-height: 1.3; overflow-wrap: break-word; }
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
table { width: 100%; border-collapse: collapse; }
th, td { padding: 0.35rem 0.75rem 0.35rem 0; border-bottom: 1px solid var(--line); text-align: start; vertical-align: top; }
.quiet { color: var(--quiet); }
.site { margin-bottom: 1.5rem; }
.site a {
  display: inline-flex;
  gap: 0.5rem;
  align-items: center;
  padding: 0.25rem 0;
  color: inherit;
  font-weight: 600;
  text-decoration: none;
}
.site a:hover { text-decoration: underline; }
.site img { display: block; }
@media print {
  pre { white-space: pre-wrap; }
}
`;

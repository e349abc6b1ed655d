/** Forms: one column, large enough for a thumb. */
export const FORM_STYLE = `main { max-width: 26rem; margin: 0 auto; }
.site { max-width: 26rem; margin-inline: auto; }
h1 { margin-bottom: 0.75rem; font-size: 1.5rem; }
h2 { font-size: 1.1rem; }
form { display: grid; gap: 1rem; margin: 1.25rem 0; }
.field { display: grid; gap: 0.3rem; }
.field p { margin: 0; font-size: 0.9rem; }
label { font-weight: 600; }
input, button { min-height: 2.75rem; border-radius: 0.4rem; font: inherit; }
input {
  width: 100%;
  min-width: 0;
  padding: 0.4rem 0.75rem;
  border: 1px solid var(--edge);
  color: inherit;
  background: var(--page);
}
input[aria-invalid] { border-color: var(--wrong); box-shadow: 0 0 0 1px var(--wrong); }
input.code { font-family: ui-monospace, 'Cascadia Mono', Menlo, Consolas, monospace; font-size: 1.25rem; letter-spacing: 0.08em; }
.with-switch { display: flex; gap: 0.5rem; }
button { padding: 0.4rem 1rem; border: 1px solid var(--link); color: var(--on-link); background: var(--link); font-weight: 600; cursor: pointer; }
button:hover { filter: brightness(1.1); }
[aria-busy] button[type='submit'] { opacity: 0.6; cursor: progress; }
button.plain { min-height: 2.25rem; padding: 0.2rem 0.75rem; border-color: var(--edge); color: var(--link); background: none; font-weight: 400; }
.with-switch button.plain { min-height: 2.75rem; }
button[aria-pressed='true'] { border-color: var(--link); box-shadow: inset 0 0 0 1px var(--link); }
strong { overflow-wrap: anywhere; }
strong.code { display: block; font-family: ui-monospace, 'Cascadia Mono', Menlo, Consolas, monospace; font-size: 1.5rem; letter-spacing: 0.05em; }
.wrong { color: var(--wrong); }
.says { margin: 0; padding: 0.6rem 0.75rem; border: 1px solid currentcolor; border-radius: 0.4rem; }
`;

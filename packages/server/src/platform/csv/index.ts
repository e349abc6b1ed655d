/** Text that begins with one of these, or with a look-alike, is a formula for spreadsheet programs. */
const RUNS = /^[=+\-@\t\r\n'\uFF1D\uFF0B\uFF0D\uFF20]/;

/**
 * Escapes text so that no spreadsheet program runs it: an apostrophe goes before a formula, and before an apostrophe.
 */
export function neutral(text: string): string {
  return RUNS.test(text) ? `'${text}` : text;
}

/** Reverses {@link neutral}: removes the apostrophe that it added. */
export function withoutGuard(text: string): string {
  return text.startsWith("'") && RUNS.test(text.slice(1)) ? text.slice(1) : text;
}

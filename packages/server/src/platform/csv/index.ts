/** Text that a spreadsheet would run begins with one of these, or with what looks like it. */
const RUNS = /^[=+\-@\t\r\n'\uFF1D\uFF0B\uFF0D\uFF20]/;

/** Text that no spreadsheet runs: an apostrophe goes in front of what it would, and of an apostrophe. */
export function neutral(text: string): string {
  return RUNS.test(text) ? `'${text}` : text;
}

/** The opposite of {@link neutral}: the text without the apostrophe that it was given. */
export function withoutGuard(text: string): string {
  return text.startsWith("'") && RUNS.test(text.slice(1)) ? text.slice(1) : text;
}

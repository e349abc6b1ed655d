/** Prints what a test has measured as one line, for the long form's record. Milliseconds are rounded. */
export function report(test: string, measured: Record<string, unknown>): void {
  const rounded = JSON.stringify(measured, (_, value: unknown) =>
    typeof value === 'number' ? Math.round(value * 10) / 10 : value,
  );
  process.stdout.write(`${test} measured ${rounded}\n`);
}

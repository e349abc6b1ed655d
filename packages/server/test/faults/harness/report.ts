/** Prints the measurements of a test as one line, for the record of the long form. Milliseconds are rounded. */
export function report(test: string, measured: Record<string, unknown>): void {
  const rounded = JSON.stringify(measured, (_, value: unknown) =>
    typeof value === 'number' ? Math.round(value * 10) / 10 : value,
  );
  process.stdout.write(`${test} measured ${rounded}\n`);
}

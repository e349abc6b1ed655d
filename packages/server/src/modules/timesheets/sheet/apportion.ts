const HOUR_MS = 3_600_000;

/** Rounds half away from zero, as is usual for money. */
function roundedDivision(numerator: bigint, denominator: bigint): bigint {
  const doubled = 2n * numerator;
  const half = numerator < 0n ? -denominator : denominator;
  return (doubled + half) / (2n * denominator);
}

/**
 * Divides each part by the same number and rounds, so that the results add up to the rounded quotient of the sum: each
 * is the difference of two rounded running sums, at most one off.
 */
export function apportion(parts: readonly bigint[], denominator: bigint): bigint[] {
  let sum = 0n;
  let given = 0n;
  return parts.map((part) => {
    sum += part;
    const share = roundedDivision(sum, denominator) - given;
    given += share;
    return share;
  });
}

/** Converts milliseconds to hours with two decimals, which add up to the hours of the sum. */
export function hoursOf(parts: readonly number[]): number[] {
  const hundredths = apportion(
    parts.map((ms) => BigInt(ms)),
    BigInt(HOUR_MS / 100),
  );
  return hundredths.map((value) => Number(value) / 100);
}

/** The amount for a duration at an hourly rate, before the division by an hour. */
export function worth(ms: number, amountMinor: number): bigint {
  return BigInt(ms) * BigInt(amountMinor);
}

/** Converts exact amounts to minor units, which add up to those of the sum. */
export function minorUnits(worths: readonly bigint[]): number[] {
  return apportion(worths, BigInt(HOUR_MS)).map(Number);
}

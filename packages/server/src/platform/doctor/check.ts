/** The result of a check. */
export interface Finding {
  status: 'ok' | 'warning' | 'failed';
  /** One or a few sentences. Never contains a secret. */
  found: string;
  /** How to fix it, unless the check passed. */
  next?: string;
}

/** A check. */
export interface Check {
  name: string;
  run(): Promise<Finding>;
}

export interface CheckResult extends Finding {
  name: string;
}

/** The timeout of a check. */
const CHECK_MS = 20_000;

export const ok = (found: string): Finding => ({ status: 'ok', found });
export const warning = (found: string, next: string): Finding => ({ status: 'warning', found, next });
export const failed = (found: string, next: string): Finding => ({ status: 'failed', found, next });

/** The message of an error, in one line. */
export function reasonOf(error: unknown): string {
  if (error instanceof AggregateError && error.errors.length > 0) return reasonOf(error.errors[0]);
  const text = error instanceof Error ? error.message || error.name : String(error);
  return text.replaceAll(/\s+/g, ' ').slice(0, 300);
}

/**
 * Runs the checks one after the other. A check that throws or times out has failed.
 * @param onResult called after each of them
 */
export async function runChecks(
  checks: readonly Check[],
  onResult: (result: CheckResult) => void = () => undefined,
  checkMs = CHECK_MS,
): Promise<CheckResult[]> {
  const results: CheckResult[] = [];
  for (const { name, run } of checks) {
    const result = { name, ...(await runOne(run, checkMs)) };
    results.push(result);
    onResult(result);
  }
  return results;
}

/** Runs all checks concurrently, for callers that wait for the results. */
export function runChecksAtOnce(checks: readonly Check[], checkMs = CHECK_MS): Promise<CheckResult[]> {
  return Promise.all(checks.map(async ({ name, run }) => ({ name, ...(await runOne(run, checkMs)) })));
}

async function runOne(run: Check['run'], checkMs: number): Promise<Finding> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<Finding>((resolve) => {
    const finding = failed(
      `No answer within ${checkMs / 1_000} s.`,
      'See whether the machine or the network is overloaded.',
    );
    timer = setTimeout(() => resolve(finding), checkMs);
  });
  try {
    return await Promise.race([run(), late]);
  } catch (error) {
    return failed(
      `The check could not be made: ${reasonOf(error)}`,
      'See the message; the log of the server may say more.',
    );
  } finally {
    clearTimeout(timer);
  }
}

import { addressKey, type Limiter } from '../../../platform/limits/index.ts';
import type { RequestInfo } from '../../../platform/module/index.ts';

/**
 * Counts a code that is about to be mailed, for any purpose, against the account and against the caller.
 * @returns how long to wait after too many codes, in ms; undefined: mail it
 */
export async function codeMailDelayMs(
  { limiter }: { limiter: Pick<Limiter, 'count'> },
  { request }: { request: Pick<RequestInfo, 'ip'> },
  accountId: string,
): Promise<number | undefined> {
  const waits = [
    await limiter.count('otp_mail', accountId),
    await limiter.count('otp_mail', `ip ${addressKey(request.ip)}`),
  ];
  return waits.find((wait) => wait !== undefined);
}

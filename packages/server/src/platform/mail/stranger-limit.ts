import { addressKey, type Limiter } from '../limits/index.ts';

/** The caller who causes a mail. */
interface Sender {
  ip: string;
  /** Undefined: not signed in. */
  userId?: string | undefined;
}

/**
 * Counts a mail to an unverified address, against the caller and against the address, for any purpose: otherwise this
 * server could be used to flood strangers.
 * @returns how long to wait if there were too many, in ms; undefined: mail it
 */
export async function strangerMailDelayMs(
  limiter: Pick<Limiter, 'count'>,
  { ip, userId }: Sender,
  address: string,
): Promise<number | undefined> {
  const bySender = await limiter.count('mail_sender', userId ?? `ip ${addressKey(ip)}`);
  return bySender ?? (await limiter.count('mail_recipient', address.toLowerCase()));
}

import { addressKey, type Limiter } from '../limits/index.ts';

/** Who causes a mail. */
interface Sender {
  ip: string;
  /** Undefined: not signed in. */
  userId?: string | undefined;
}

/**
 * Counts a mail to an address that may be anybody's, against who causes it and against the address, whatever it is for:
 * otherwise strangers could be flooded through this server.
 * @returns how long to wait where there have been too many, in ms; undefined: mail it
 */
export async function strangerMailDelayMs(
  limiter: Pick<Limiter, 'count'>,
  { ip, userId }: Sender,
  address: string,
): Promise<number | undefined> {
  const bySender = await limiter.count('mail_sender', userId ?? `ip ${addressKey(ip)}`);
  return bySender ?? (await limiter.count('mail_recipient', address.toLowerCase()));
}

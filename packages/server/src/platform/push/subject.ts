/** Host names that do not exist on the internet (RFC 2606, RFC 6761, RFC 6762). */
const RESERVED = /(^|\.)(localhost|local|invalid|test|example|internal|home\.arpa)$|(^|\.)example\.(com|net|org)$/i;

const isPublicName = (host: string) => host.includes('.') && !/^[\d.]+$|:/.test(host) && !RESERVED.test(host);

/**
 * The contact that push services require of senders (RFC 8292 §2.1): the URL of the server if it is public, or else the
 * sender address of its mails. Some services, Apple's among them, refuse messages with others.
 */
export function pushSubject(appUrl: string, mailAddress: string): { subject: string; isUsable: boolean } {
  const { hostname, origin, protocol } = new URL(appUrl);
  if (protocol === 'https:' && isPublicName(hostname)) return { subject: origin, isUsable: true };
  const host = mailAddress.split('@').at(-1) ?? '';
  return { subject: `mailto:${mailAddress}`, isUsable: isPublicName(host) };
}

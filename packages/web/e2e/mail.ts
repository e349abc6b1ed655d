import { expect } from 'vitest';
import type { Server } from './server.ts';

/** Waits for the newest mail to an address that holds something, and finds that in it. */
export async function fromMail(server: Server, email: string, pattern: RegExp): Promise<string> {
  const find = () =>
    server.mails
      .findLast((mail) => mail.includes(email) && pattern.test(mail))
      ?.match(pattern)
      ?.at(-1);
  await expect.poll(find, { message: `a mail to ${email} with ${pattern}` }).toBeDefined();
  return find() ?? '';
}

/** The address in the newest mail that leads to a page of this name, on the server of the test. */
export async function linkFromMail(server: Server, email: string, page: string): Promise<string> {
  return server.origin + (await fromMail(server, email, new RegExp(`(/${page}#\\S+)`)));
}

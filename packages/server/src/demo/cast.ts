import { randomUUID } from 'node:crypto';
import { setTimeout as wait } from 'node:timers/promises';
import { type AtriumClient, createClient } from '@atrium/client';

/** Someone of the play, signed in. */
export interface Player {
  name: string;
  email: string;
  password: string;
  userId: string;
  client: AtriumClient;
}

/** Yields the code that was mailed to an address; undefined where nobody can look into the mailbox. */
export type MailedCode = ((address: string) => string | undefined) | undefined;

export const NAMES = ['Ann', 'Ben', 'Cleo', 'Dara', 'Emil'] as const;
export type Name = (typeof NAMES)[number];

const CODE_WITHIN_MS = 10_000;

/** Opens an account and signs in. Throws AtriumError. */
export async function enlist(url: string, name: Name, mailedCode: MailedCode): Promise<Player> {
  const client = createClient({ url });
  // Nobody's account twice, also on a server that has seen the demo before.
  const unique = randomUUID();
  const email = `${name.toLowerCase()}.${unique.slice(0, 8)}@example.org`;
  const password = unique;
  const { id: userId } = await client.api.auth.register({ name, email, password });
  await client.signIn({ email, password });
  if (mailedCode) await client.api.auth.verifyEmail({ otp: await codeFor(email, mailedCode) });
  return { name, email, password, userId, client };
}

async function codeFor(address: string, mailedCode: NonNullable<MailedCode>): Promise<string> {
  const start = performance.now();
  for (let code = mailedCode(address); ; code = mailedCode(address)) {
    if (code !== undefined) return code;
    if (performance.now() - start > CODE_WITHIN_MS) throw new Error(`No mail has come for ${address}`);
    await wait(50);
  }
}

import { auth } from '@atrium/protocol';
import { generateSync } from 'otplib';
import type { IdentityApp, Person } from './identity-app.ts';

/** The code that a person's authenticator app shows, `steps` time steps from now. */
export function appCode(secret: string, steps = 0): string {
  return generateSync({ secret, epoch: Math.floor(Date.now() / 1000) + steps * 30 });
}

/** Turns on an authenticator app, with the code of the previous step, so that the current ones are still unused. */
export async function withApp(app: IdentityApp, person: Person): Promise<{ secret: string; recoveryCodes: string[] }> {
  const { actor } = person;
  const { secret = '' } = await app.call(auth.enableTwoFactor, {}, { actor });
  const input = { code: appCode(secret, -1) };
  const { recoveryCodes = [] } = await app.call(auth.confirmTwoFactor, input, { actor });
  return { secret, recoveryCodes };
}

/** Turns on mailed codes. */
export async function withMailedCodes(app: IdentityApp, { actor, email }: Person): Promise<string[]> {
  await app.call(auth.enableTwoFactor, { method: 'email' }, { actor });
  const input = { method: 'email', code: await app.code(email) } as const;
  return (await app.call(auth.confirmTwoFactor, input, { actor })).recoveryCodes ?? [];
}

import { auth } from '@atrium/protocol';
import { generateSync } from 'otplib';
import type { IdentityApp, Person } from './identity-app.ts';

/** What the authenticator app of a person shows, `steps` time steps from now. */
export function appCode(secret: string, steps = 0): string {
  return generateSync({ secret, epoch: Math.floor(Date.now() / 1000) + steps * 30 });
}

/** Turns an authenticator app on. It was the code of the step before now that did, so that today's are still good. */
export async function withApp(app: IdentityApp, person: Person): Promise<{ secret: string; recoveryCodes: string[] }> {
  const { actor } = person;
  const { secret = '' } = await app.call(auth.enableTwoFactor, {}, { actor });
  const input = { code: appCode(secret, -1) };
  const { recoveryCodes = [] } = await app.call(auth.confirmTwoFactor, input, { actor });
  return { secret, recoveryCodes };
}

/** Turns mailed codes on. */
export async function withMailedCodes(app: IdentityApp, { actor, email }: Person): Promise<string[]> {
  await app.call(auth.enableTwoFactor, { method: 'email' }, { actor });
  const input = { method: 'email', code: await app.code(email) } as const;
  return (await app.call(auth.confirmTwoFactor, input, { actor })).recoveryCodes ?? [];
}

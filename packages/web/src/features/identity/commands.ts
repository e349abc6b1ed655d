import { client } from '../../live/client.ts';
import { enter } from '../../live/session.ts';
import type { FormValues } from '../../live/use-form.ts';
import { keptJoinCode, secretOfLink } from './link-secret.ts';
import { regionOfBrowser } from './model/region.ts';

/** The fields of the sign-in form. */
const credentialsOf = ({ email = '', password = '', remember }: FormValues) => ({
  email,
  password,
  remember: remember !== undefined,
});

/** Signs in. @returns the challenge, if a second factor is required */
export async function signIn(values: FormValues) {
  const challenge = await client.signIn(credentialsOf(values));
  if (challenge === undefined) await enter();
  return challenge;
}

/** Completes signing in with a code. */
export async function finishSignIn(challengeId: string, code: string): Promise<void> {
  await client.finishSignIn({ challengeId, code });
  await enter();
}

/**
 * Creates an account and signs in.
 * @returns false if this instance does not reveal whether the address was free: the mail says how to continue
 */
export async function signUp(values: FormValues, isNeutral: boolean): Promise<boolean> {
  const { name = '', email = '', password = '' } = values;
  const setupToken = secretOfLink('setup');
  const code = keptJoinCode();
  await client.api.auth.register({
    name,
    email,
    password,
    ...(setupToken !== '' && { setupToken }),
    ...(code !== '' && { code }),
    ...regionOfBrowser(),
  });
  if (isNeutral) return false;
  await client.signIn({ email, password, remember: true });
  await enter();
  return true;
}

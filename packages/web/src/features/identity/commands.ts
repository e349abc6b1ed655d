import { client } from '../../live/client.ts';
import { enter } from '../../live/session.ts';
import type { FormValues } from '../../live/use-form.ts';
import { keptSecretOf, secretOfLink } from './link-secret.ts';

/** The fields of signing in. */
const credentialsOf = ({ email = '', password = '', remember }: FormValues) => ({
  email,
  password,
  remember: remember !== undefined,
});

/** Signs in. @returns the challenge, where a second factor is asked for */
export async function signIn(values: FormValues) {
  const challenge = await client.signIn(credentialsOf(values));
  if (challenge === undefined) await enter();
  return challenge;
}

/** Finishes signing in with a code. */
export async function finishSignIn(challengeId: string, code: string): Promise<void> {
  await client.finishSignIn({ challengeId, code });
  await enter();
}

/**
 * Makes an account and signs it in.
 * @returns false where this instance tells nobody whether the address was free: whoever reads its mail goes on there
 */
export async function signUp(values: FormValues, isNeutral: boolean): Promise<boolean> {
  const { name = '', email = '', password = '' } = values;
  const setupToken = secretOfLink('setup');
  const code = keptSecretOf('/join');
  await client.api.auth.register({
    name,
    email,
    password,
    ...(setupToken !== '' && { setupToken }),
    ...(code !== '' && { code }),
  });
  if (isNeutral) return false;
  await client.signIn({ email, password, remember: true });
  await enter();
  await rememberZone();
  return true;
}

/** New accounts live where their browser does. */
async function rememberZone(): Promise<void> {
  const { timeZone } = Intl.DateTimeFormat().resolvedOptions();
  const [locale = 'en'] = navigator.languages;
  // Nothing depends on it: it can be set in the account at any time.
  await client.call('users.updateMe', { timezone: timeZone, locale }).catch(() => undefined);
}

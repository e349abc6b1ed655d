import { call } from './api.js';
import { element, fill, forgetLink, onPress, onSend, say, show } from './forms.js';

/**
 * Wires the steps that make a visitor a signed-in person: signing in, a second factor, signing up.
 * @param {(me: any) => Promise<void> | void} then goes on once somebody is signed in
 */
export function wireSession(then) {
  let challengeId = '';

  async function signIn({ email, password }) {
    const answer = await call('POST', '/auth/login', { email, password, transport: 'cookie' });
    if (answer.challenge === undefined) return welcome(answer.user);
    challengeId = answer.challenge.id;
    show('second-factor');
  }
  async function welcome(me) {
    for (const input of document.querySelectorAll('[autocomplete$="-password"]')) input.value = '';
    fill('address', me.email);
    await then(me);
  }

  onSend('sign-in', signIn);
  onSend('second-factor', async ({ code }) => {
    const { user } = await call('POST', '/auth/verify-otp', { challengeId, code });
    await welcome(user);
  });
  onPress('mail-factor', async () => {
    await call('POST', '/auth/verify-otp/resend', { challengeId });
    say(element('second-factor'), 'If this account takes codes by mail, one is on its way.');
  });
  onSend('sign-up', async ({ name, email, password }) => {
    await call('POST', '/auth/register', { name, email, password });
    await signIn({ email, password });
  });
  element('to-sign-up')?.addEventListener('click', () => show('sign-up'));
  element('to-sign-in')?.addEventListener('click', () => show('sign-in'));
  for (const button of document.querySelectorAll('[data-leave]')) {
    button.addEventListener('click', async () => {
      await call('POST', '/auth/logout', {}).catch(() => undefined);
      show('sign-in');
    });
  }
}

/**
 * Wires the step that proves the e-mail address of who is signed in.
 * @param {() => Promise<void> | void} then
 */
export function wireVerification(then) {
  async function verify(otp) {
    await call('POST', '/auth/verify-email', { otp: otp.trim() });
    if (location.hash.startsWith('#code=')) forgetLink();
    await then();
  }
  onSend('code', ({ otp }) => verify(otp));
  onPress('new-code', async () => {
    await call('POST', '/auth/verify-email/resend', {});
    say(element('code'), 'A new code is on its way. The older one no longer works.');
  });
}

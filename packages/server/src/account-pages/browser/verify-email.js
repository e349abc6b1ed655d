import { whoAmI } from './api.js';
import { element, fill, fromLink, show } from './forms.js';
import { wireSession, wireVerification } from './session.js';

/** The code of the link is tried by itself as soon as somebody is signed in whose address still needs it. */
function proceed(me) {
  fill('address', me.email);
  if (me.emailVerified) {
    show('done');
    return;
  }
  show('code');
  const code = fromLink('code');
  if (code === '') return;
  element('otp').value = code;
  element('code').requestSubmit();
}

wireSession(proceed);
wireVerification(() => show('done'));
const me = await whoAmI();
if (me === undefined) show('sign-in');
else proceed(me);

import { call, Refusal, whoAmI } from './api.js';
import { element, fill, forgetLink, fromLink, onSend, show } from './forms.js';
import { wireSession, wireVerification } from './session.js';

function proceed(me) {
  fill('address', me.email);
  show('join');
}

/** Who has yet to prove the address does that first, and is then let in without asking again. */
async function join(code) {
  try {
    const workspace = await call('POST', '/workspaces/join', { code });
    fill('workspace', workspace.name);
    fill('role', workspace.role);
    show('done');
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    if (error.problem.code === 'unverified_email') show('code');
    else if (error.problem.code === 'already_member') show('in-already');
    else throw error;
    return;
  }
  forgetLink();
}

wireSession(proceed);
wireVerification(async () => {
  show('join');
  element('join').requestSubmit();
});
onSend('join', ({ code }) => join(code));
const code = fromLink().toUpperCase();
element('join-code').value = code;
fill('code', code);
for (const place of document.querySelectorAll('[data-with-code]')) place.hidden = code === '';
const me = await whoAmI();
if (me === undefined) show('sign-in');
else proceed(me);

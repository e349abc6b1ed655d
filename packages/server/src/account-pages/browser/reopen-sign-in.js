import { call } from './api.js';
import { forgetLink, fromLink, onSend, show } from './forms.js';

onSend('reopen', async () => {
  await call('POST', '/auth/reopen-sign-in', { token: fromLink('token') });
  forgetLink();
  show('done');
});
show(fromLink('token') === '' ? 'no-link' : 'reopen');

import { call } from './api.js';
import { forgetLink, fromLink, onSend, show } from './forms.js';

onSend('choose', async ({ password }) => {
  await call('POST', '/auth/reset-password', { token: fromLink('token'), password });
  forgetLink();
  show('done');
});
show(fromLink('token') === '' ? 'no-link' : 'choose');

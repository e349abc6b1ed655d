import { call } from './api.js';
import { fill, onSend, show } from './forms.js';

onSend('ask', async ({ email }) => {
  await call('POST', '/auth/forgot-password', { email });
  fill('address', email);
  show('done');
});
show('ask');

import { createClient } from '@atrium/client';
import { outboxStorage } from './outbox-storage.ts';

/** The one client of the page. The session is in the server's cookies. */
export const client = createClient({
  url: window.location.origin,
  cookies: true,
  storage: outboxStorage(() => client.state.me?.id),
});

import { createClient } from '@atrium/client';
import { outboxStorage } from './outbox-storage.ts';
import { stateStorage } from './state-storage.ts';

/** The only client of the page. The session is in the server's cookies. */
export const client = createClient({
  url: window.location.origin,
  cookies: true,
  storage: outboxStorage(whoAmI),
  stateStorage: stateStorage(),
});

/** The signed-in user, once the first state is there. */
async function whoAmI(): Promise<string> {
  // The client calls this while it is being created.
  await Promise.resolve();
  const known = client.state.me?.id;
  if (known !== undefined) return known;
  return new Promise((resolve) => {
    const stop = client.on('change', ({ me }) => {
      if (!me) return;
      stop();
      resolve(me.id);
    });
  });
}

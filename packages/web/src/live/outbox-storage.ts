import { type IntentStorage, type SendIntent, webStorage } from '@atrium/client';
import { createStore, delMany, entries, set } from 'idb-keyval';

/**
 * Keeps messages that are not sent yet in this browser, apart for each account. Those with files are in IndexedDB, which
 * keeps bytes.
 * @param user whose messages these are; what was kept is read once that is known
 */
export function outboxStorage(user: () => Promise<string>): IntentStorage {
  const storage = async () => webStorage(localStorage, `atrium:outbox:${await user()}`);
  const withFiles = createStore('atrium-outbox', 'messages');
  const keyOf = async (clientMessageId: string) => `${await user()} ${clientMessageId}`;
  return {
    load: async () => {
      const mine = await keyOf('');
      const kept = await entries<string, SendIntent>(withFiles);
      const intents = kept.filter(([key]) => key.startsWith(mine)).map(([, intent]) => intent);
      return [...(await (await storage()).load()), ...intents];
    },
    put: async (intent) => {
      if (intent.files?.length) await set(await keyOf(intent.clientMessageId), intent, withFiles);
      else await (await storage()).put(intent);
    },
    remove: async (clientMessageId) => {
      await (await storage()).remove(clientMessageId);
      await delMany([await keyOf(clientMessageId)], withFiles);
    },
  };
}

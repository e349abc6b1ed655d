import { type IntentStorage, type SendIntent, webStorage } from '@atrium/client';
import { createStore, delMany, entries, set } from 'idb-keyval';

/**
 * Stores unsent messages in this browser, separately for each account. Messages with files are in IndexedDB, which can
 * store bytes.
 * @param user the author; stored messages are read once it is known
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

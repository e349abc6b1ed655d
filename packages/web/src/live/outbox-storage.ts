import { type IntentStorage, webStorage } from '@atrium/client';

/**
 * Keeps messages that are not sent yet in this browser, apart for each account.
 * @param user whose messages these are; what was kept is read once that is known
 */
export function outboxStorage(user: () => Promise<string>): IntentStorage {
  const storage = async () => webStorage(localStorage, `atrium:outbox:${await user()}`);
  return {
    load: async () => (await storage()).load(),
    put: async (intent) => (await storage()).put(intent),
    remove: async (clientMessageId) => (await storage()).remove(clientMessageId),
  };
}

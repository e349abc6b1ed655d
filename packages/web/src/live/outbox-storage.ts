import { type IntentStorage, webStorage } from '@atrium/client';

/**
 * Keeps messages that are not sent yet in this browser, apart for each account.
 * @param userId whose messages these are; undefined before the first snapshot, when nothing is kept
 */
export function outboxStorage(userId: () => string | undefined): IntentStorage {
  const storage = () => {
    const id = userId();
    return id === undefined ? undefined : webStorage(localStorage, `atrium:outbox:${id}`);
  };
  return {
    load: async () => (await storage()?.load()) ?? [],
    put: async (intent) => storage()?.put(intent),
    remove: async (clientMessageId) => storage()?.remove(clientMessageId),
  };
}

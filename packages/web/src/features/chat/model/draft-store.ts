/** Keeps unsaved drafts through a reload until the server has them. */
export interface TextStore {
  getItem(key: string): string | null;
  setItem(key: string, value: string): void;
  removeItem(key: string): void;
}

const keyOf = (conversationId: string, threadId: string | undefined) => `draft:${conversationId}:${threadId ?? ''}`;

/** Text typed here that the server does not have yet. */
export function unsavedDraft(
  store: TextStore,
  conversationId: string,
  threadId: string | undefined,
): string | undefined {
  return store.getItem(keyOf(conversationId, threadId)) ?? undefined;
}

/** Stores a draft; undefined: the server has it, or it was sent. */
export function setUnsavedDraft(
  store: TextStore,
  conversationId: string,
  threadId: string | undefined,
  text: string | undefined,
): void {
  if (text === undefined) store.removeItem(keyOf(conversationId, threadId));
  else store.setItem(keyOf(conversationId, threadId), text);
}

import type { LiveConversation } from '@atrium/client';
import { useMemo } from 'react';
import { AtriumError } from '../../../live/derived.ts';
import { useOperation } from '../../../live/use-operation.ts';

/** A public channel that the user has not joined. */
export function usePreview(
  conversationId: string,
  wanted: boolean,
): { conversation: LiveConversation | undefined; isGone: boolean } {
  const { data, error } = useOperation('conversations.get', wanted ? { conversationId } : undefined);
  const conversation = useMemo((): LiveConversation | undefined => {
    if (!wanted || !data) return undefined;
    const { members, receipts, threads, drafts, ...facts } = data;
    const by = <Thing>(things: readonly Thing[], idOf: (thing: Thing) => string) =>
      Object.fromEntries(things.map((thing) => [idOf(thing), thing]));
    return {
      ...facts,
      members: by(members, ({ userId }) => userId),
      receipts: by(receipts, ({ userId }) => userId),
      threads: by(threads, ({ threadId }) => threadId),
      drafts: by(drafts, ({ threadId }) => threadId ?? ''),
    };
  }, [data, wanted]);
  return { conversation, isGone: error instanceof AtriumError && error.status >= 400 && error.status < 500 };
}

import type { EventData } from '@atrium/protocol';
import { type Change, changeConversation } from './change.ts';
import type { LiveEvent } from './event.ts';
import { type LiveConversation, type LiveState, without } from './live-state.ts';

type KeptEvent = Extract<
  LiveEvent,
  { type: 'pin:added' | 'pin:removed' | 'saved:added' | 'saved:removed' | 'draft:updated' }
>;

/** What is pinned, saved or drafted in a conversation. */
export function applyKept(state: LiveState, event: KeptEvent): Change {
  return changeConversation(state, event.data.conversationId, (conversation) => changeOf(conversation, event));
}

function changeOf({ drafts, pins, saved }: LiveConversation, event: KeptEvent): Partial<LiveConversation> {
  switch (event.type) {
    case 'pin:added':
      return { pins: including(pins, event.data.messageId) };
    case 'pin:removed':
      return { pins: pins.filter((id) => id !== event.data.messageId) };
    case 'saved:added':
      return { saved: including(saved, event.data.messageId) };
    case 'saved:removed':
      return { saved: saved.filter((id) => id !== event.data.messageId) };
    case 'draft:updated':
      return { drafts: draftsAfter(drafts, event.data) };
  }
}

function including(ids: readonly string[], id: string): string[] {
  return ids.includes(id) ? [...ids] : [...ids, id];
}

function draftsAfter(
  drafts: LiveConversation['drafts'],
  { draft, threadId }: EventData['draft:updated'],
): LiveConversation['drafts'] {
  const place = threadId ?? '';
  return draft ? { ...drafts, [place]: draft } : without(drafts, place);
}

import { expect, it } from 'vitest';
import { AT, conversation, event, mine, ofConversation, snapshot, uuid } from '../../../test/fixtures.ts';
import { apply, fromSnapshot } from '../live-state.ts';

const start = fromSnapshot(snapshot());
const about = (messageId: string) => ({ conversationId: conversation.id, messageId });

it('shows pinned and saved messages, in order and once each', () => {
  const state = [
    event(ofConversation, 1, 'pin:added', about(uuid(1))),
    event(ofConversation, 2, 'pin:added', about(uuid(2))),
    event(ofConversation, 3, 'pin:added', about(uuid(1))),
    event(mine, 1, 'saved:added', about(uuid(3))),
    event(mine, 2, 'saved:added', about(uuid(4))),
    event(mine, 3, 'saved:removed', about(uuid(3))),
  ].reduce(apply, start);
  const shown = { ...conversation, pins: [uuid(1), uuid(2)], saved: [uuid(4)] };
  expect(state).toEqual(fromSnapshot(snapshot({ conversations: [shown] })));
  const none = apply(state, event(ofConversation, 4, 'pin:removed', about(uuid(1))));
  expect(none.conversations[conversation.id]?.pins).toEqual([uuid(2)]);
});

it('shows drafts, by their place', () => {
  const drafts = [null, uuid(5)].map((threadId) => ({ threadId, content: 'Perhaps', updatedAt: AT, sendAs: null }));
  const place = (threadId: string | null) => ({ conversationId: conversation.id, threadId });
  const state = [
    event(mine, 1, 'draft:updated', { ...place(null), draft: drafts[0]! }),
    event(mine, 2, 'draft:updated', { ...place(uuid(5)), draft: drafts[1]! }),
  ].reduce(apply, start);
  expect(state).toEqual(fromSnapshot(snapshot({ conversations: [{ ...conversation, drafts }] })));
  const sent = apply(state, event(mine, 3, 'draft:updated', { ...place(null), draft: null }));
  expect(sent.conversations[conversation.id]?.drafts).toEqual({ [uuid(5)]: drafts[1] });
});

import { describe, expect, it } from 'vitest';
import {
  ann,
  conversation,
  event,
  message,
  mine,
  ofConversation,
  ofWorkspace,
  received,
  snapshot,
  uuid,
  workspace,
} from '../../test/fixtures.ts';
import { LiveFeed, replay } from './live-feed.ts';
import { emptyState, fromSnapshot } from './live-state.ts';

const room = { ...conversation, id: uuid(21) };
const ofRoom = `conversation:${room.id}` as const;
const inRoom = (seq: number) =>
  event(ofRoom, seq, 'message:receive', message(seq, ann.id, { conversationId: room.id }));
const joined = (seq: number, asOf: number) => event(mine, seq, 'conversation:joined', { conversation: room, asOf });
const left = (seq: number) => event(mine, seq, 'conversation:left', { conversationId: room.id });

function started(): LiveFeed {
  const feed = new LiveFeed();
  feed.restart(snapshot());
  return feed;
}

const types = (events: { type: string; meta: { seq: number } }[]) =>
  events.map(({ meta, type }) => `${type} ${meta.seq}`);

describe('LiveFeed', () => {
  it('waits for the event that opens a conversation, then applies earlier events of it', () => {
    const feed = started();
    expect(feed.offer(inRoom(6))).toEqual([]);
    expect(feed.offer(inRoom(5))).toEqual([]);
    expect(feed.offer(inRoom(4))).toEqual([]);
    expect(types(feed.offer(joined(1, 4)))).toEqual([
      'conversation:joined 1',
      'message:receive 5',
      'message:receive 6',
    ]);
    expect(feed.state.conversations[room.id]?.lastMessage?.seq).toBe(6);
  });

  it('drops a conversation that the user has left, and opens it again when they join it again', () => {
    const feed = started();
    feed.offer(joined(1, 4));
    feed.offer(inRoom(5));
    feed.offer(inRoom(7));
    feed.offer(left(2));
    expect(feed.state).toEqual(fromSnapshot(snapshot()));
    expect(feed.offer(inRoom(8))).toEqual([]);
    expect(types(feed.offer(joined(3, 7)))).toEqual(['conversation:joined 3', 'message:receive 8']);
  });

  it('continues without the stream of a workspace as a visitor, and opens it again with another role', () => {
    const feed = started();
    const again = (seq: number, asOf: number | null, role: 'guest' | 'member') =>
      event(mine, seq, 'workspace:joined', { workspace: { ...workspace, role }, asOf });
    const { members: _, role: __, ...facts } = workspace;
    const renamed = (seq: number, name: string) => event(ofWorkspace, seq, 'workspace:updated', { ...facts, name });
    feed.offer(again(1, null, 'guest'));
    expect(feed.tracker.position(ofWorkspace)).toBeUndefined();
    expect(feed.offer(renamed(3, 'Late'))).toEqual([]);
    expect(feed.state.workspaces[workspace.id]).toMatchObject({ role: 'guest', name: workspace.name });
    expect(Object.keys(feed.state.conversations)).toEqual(Object.keys(fromSnapshot(snapshot()).conversations));
    feed.offer(again(2, 3, 'member'));
    expect(types(feed.offer(renamed(4, 'Orchard')))).toEqual(['workspace:updated 4']);
    expect(feed.state.workspaces[workspace.id]).toMatchObject({ role: 'member', name: 'Orchard' });
  });

  it('keeps a workspace whose stream has ended until an event says that it was left', () => {
    const feed = started();
    feed.drop(ofWorkspace);
    expect(feed.state).toEqual(fromSnapshot(snapshot()));
    feed.offer(event(mine, 1, 'workspace:left', { workspaceId: workspace.id }));
    expect(feed.state.workspaces[workspace.id]).toBeUndefined();
  });

  it('drops the conversations of a workspace together with it', () => {
    const feed = started();
    feed.offer(event(mine, 1, 'workspace:left', { workspaceId: workspace.id }));
    const { me, notificationPreferences } = feed.state;
    expect(feed.state).toEqual({ ...emptyState, me, notificationPreferences });
    expect(feed.tracker.positions()).toEqual({ [mine]: 1 });
  });

  it('does not revert to an older state in a late event', () => {
    const feed = started();
    feed.restart(snapshot({ asOf: { [mine]: 0, [ofRoom]: 9 }, conversations: [{ ...room, topic: 'newer' }] }));
    feed.offer(joined(1, 4));
    expect(feed.state.conversations[room.id]?.topic).toBe('newer');
    expect(feed.tracker.position(ofRoom)).toBe(9);
  });

  it('starts over from a snapshot: keeps loaded history that is complete, drops the rest, reports which streams moved', () => {
    const feed = started();
    const window = { items: [message(1)], moreBefore: false, moreAfter: false };
    feed.offer(joined(1, 4));
    feed.change({ messages: { [conversation.id]: window, [room.id]: window } });
    const asOf = { [mine]: 1, [ofWorkspace]: 0, [ofConversation]: 0, [ofRoom]: 6 };
    const { moved } = feed.restart(snapshot({ asOf, conversations: [conversation, room] }));
    expect(moved).toEqual([ofRoom]);
    expect(feed.state.messages).toEqual({ [conversation.id]: window });
  });

  it('keeps the objects that a new snapshot did not change', () => {
    const feed = started();
    const before = feed.state;
    feed.restart(snapshot());
    expect(feed.state).toBe(before);
    feed.restart(snapshot({ workspaces: [{ ...workspace, name: 'Orchard' }] }));
    expect(feed.state.conversations).toBe(before.conversations);
    expect(feed.state.workspaces[workspace.id]?.members).toBe(before.workspaces[workspace.id]?.members);
    expect(feed.state.workspaces[workspace.id]?.name).toBe('Orchard');
  });

  it('continues the numbering after an event whose subject no longer exists', () => {
    const feed = started();
    feed.offer(event(ofConversation, 1, 'stream:skipped', {}));
    expect(types(feed.offer(received(2)))).toEqual(['message:receive 2']);
  });
});

describe('replay', () => {
  it('needs no order, and leaves out events that the snapshot contains or whose stream is not followed', () => {
    const events = [inRoom(1), received(3), received(2), received(1), received(2)];
    const state = replay(snapshot({ asOf: { [mine]: 0, [ofConversation]: 1 } }), events);
    expect(state.conversations[conversation.id]).toMatchObject({ unread: 2, lastMessage: message(3) });
  });
});

import { sizes } from '@atrium/protocol';
import type { Person } from '../../app.ts';
import { fill } from '../../faults/cast.ts';
import type { SharedWorld } from '../shared-world.ts';

/** A conversation of workspace W with at least two members. */
export interface ConversationScene {
  title: string;
  id: string;
  /** One message each by two people. */
  messages: readonly { id: string; senderId: string }[];
  /** A deleted message; conversations that are made read-only at once have none. */
  deleted?: { id: string; senderId: string };
}

const say = async (sender: Person, conversationId: string, content = 'Hello') => {
  const said = { conversationId, content, clientMessageId: crypto.randomUUID() };
  const { message } = await sender.call('messages.send', said);
  return { id: message.id, senderId: sender.userId };
};

/** Makes two members send messages, and deletes one. */
async function scene(title: string, id: string, [one, other]: readonly [Person, Person]): Promise<ConversationScene> {
  const messages = [await say(one, id), await say(other, id)];
  const deleted = await say(one, id);
  await one.call('messages.delete', { messageId: deleted.id });
  return { title, id, messages, deleted };
}

/** Conversations of every kind, and with different permissions. */
export async function conversationScenes(world: SharedWorld): Promise<ConversationScene[]> {
  const { w, people } = world;
  const { customer, guest, insider, manager, owner } = people;
  const open = async (input: object, creator = manager) =>
    (await creator.call('conversations.create', { workspaceId: w.id, kind: 'channel', ...input } as never)).id;
  const inside = [insider, guest, w.colleague].map(({ userId }) => userId);
  const channel = (name: string, visibility: 'public' | 'private') => open({ name, visibility, memberIds: inside });
  const both = [manager, insider] as const;
  const archived = await channel('Past', 'public');
  const large = await channel('Crowd', 'public');
  const archivedScene = await scene('an archived channel', archived, both);
  await manager.call('conversations.update', { conversationId: archived, archived: true });
  const scenes = [
    await scene('a private channel', await channel('Secret', 'private'), both),
    await scene('a public channel', await channel('Square', 'public'), both),
    await scene('a group', await open({ kind: 'group', memberIds: inside }), both),
    await scene('a direct conversation', await open({ kind: 'direct', memberIds: [insider.userId] }), both),
    archivedScene,
    await scene('a large channel', large, both),
  ];
  await fill(world, w.id, large, sizes.mentionAll + 1);

  const caseBy = (creator: Person) =>
    open({ kind: 'support', ...(creator !== customer && { memberIds: [customer.userId] }) }, creator);
  const waiting = await caseBy(owner);
  const assigned = await caseBy(owner);
  await insider.call('support.take', { conversationId: assigned });
  const closed = await caseBy(owner);
  const closedScene = await scene('a closed case', closed, [owner, customer]);
  await owner.call('support.close', { conversationId: closed });
  return [
    ...scenes,
    await scene('a case that waits', waiting, [owner, customer]),
    await scene('a case of a colleague', assigned, [insider, customer]),
    closedScene,
  ];
}

/** A workspace in which everyone of W has the same role as there. */
export interface WorkspaceScene {
  title: string;
  id: string;
  /** A user to act on. */
  colleague: string;
}

/** W, one with two owners, and a personal one. */
export async function workspaceScenes({ w, people }: SharedWorld): Promise<WorkspaceScene[]> {
  const { admin, customer, guest, member, owner } = people;
  const join = async (workspaceId: string, role: 'admin' | 'member' | 'guest' | 'customer', who: Person) => {
    const { code } = await owner.call('workspaces.rotateJoinCode', { workspaceId, role });
    await who.call('workspaces.join', { code });
  };
  const populate = async (workspaceId: string) => {
    for (const [role, who] of Object.entries({ admin, member, guest, customer })) {
      await join(workspaceId, role as 'admin', who);
    }
    await join(workspaceId, 'member', w.colleague);
  };
  const shared = (await owner.call('workspaces.create', { name: 'Shared' })).id;
  await populate(shared);
  await owner.call('members.update', { workspaceId: shared, userId: admin.userId, role: 'owner' });
  const personal = (await owner.call('workspaces.list', {})).items.find((each) => each.personal)!.id;
  await populate(personal);
  const colleague = w.colleague.userId;
  return [
    { title: 'a workspace with one owner', id: w.id, colleague },
    { title: 'a workspace with two owners', id: shared, colleague },
    { title: 'a personal workspace', id: personal, colleague },
  ];
}

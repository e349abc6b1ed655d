import { randomUUID } from 'node:crypto';
import type { Person } from '../../server/test/app.ts';
import type { Server } from './server.ts';

/** A workspace with people who can mention each other, and a channel with all of them. */
export interface Garden {
  workspaceId: string;
  channelId: string;
  people: Person[];
  /** Says something in the channel by the API. @returns the position of the message */
  say: (
    who: Person,
    content: string,
    options?: { replyTo?: string; conversationId?: string },
  ) => Promise<{ id: string; seq: number }>;
}

/** Makes a workspace of people with these names; the first one owns it. */
export async function garden(server: Server, ...names: string[]): Promise<Garden> {
  const people: Person[] = [];
  for (const name of names) {
    const person = await server.person(name);
    await person.call('users.updateMe', { username: `${name.toLowerCase().replace(/\W+/g, '')}${people.length}` });
    people.push(person);
  }
  const [owner, ...others] = people as [Person, ...Person[]];
  const { id: workspaceId } = await owner.call('workspaces.create', { name: 'Garden' });
  const { code } = await owner.call('workspaces.rotateJoinCode', { workspaceId });
  for (const person of others) await person.call('workspaces.join', { code });
  const { id: channelId } = await owner.call('conversations.create', {
    workspaceId,
    kind: 'channel',
    visibility: 'public',
    name: 'greenhouse',
    memberIds: others.map(({ userId }) => userId),
  });
  return {
    workspaceId,
    channelId,
    people,
    say: async (who, content, { conversationId = channelId, replyTo } = {}) => {
      const input = {
        conversationId,
        content,
        clientMessageId: randomUUID(),
        ...(replyTo !== undefined && { replyTo }),
      };
      return (await who.call('messages.send', input)).message;
    },
  };
}

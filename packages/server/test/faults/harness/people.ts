import { type AtriumClient, createClient } from '@atrium/client';

const PASSWORD = 'correct horse battery staple';

/** A signed-in user. */
export interface Member {
  name: string;
  userId: string;
  token: string;
  /** REST calls. */
  client: AtriumClient;
}

/** Users who share a workspace and its channel. */
export interface Team {
  members: Member[];
  workspaceId: string;
  conversationId: string;
}

async function register(url: string, name: string): Promise<Member> {
  const email = `${name}.${Math.random().toString(36).slice(2)}@example.org`;
  const client = createClient({ url });
  await client.api.auth.register({ name, email, password: PASSWORD });
  await client.signIn({ email, password: PASSWORD });
  const { id } = await client.api.users.me({});
  return { name, userId: id, token: client.tokens?.accessToken ?? '', client };
}

/** Registers people and adds them to one workspace. */
export async function createTeam(url: string, ...names: string[]): Promise<Team> {
  const members = await Promise.all(names.map((name) => register(url, name)));
  const [first, ...others] = members;
  if (first === undefined) throw new RangeError('A team needs somebody.');
  const { id: workspaceId } = await first.client.api.workspaces.create({ name: 'Garden' });
  const { code } = await first.client.api.workspaces.joinCode({ workspaceId });
  for (const { client } of others) await client.api.workspaces.join({ code });
  const { items } = await first.client.api.conversations.list({ workspaceId });
  const conversationId = items[0]?.id ?? '';
  return { members, workspaceId, conversationId };
}

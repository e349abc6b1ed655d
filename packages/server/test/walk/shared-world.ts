import type { Person, TestApp } from '../app.ts';

/** A workspace with a private channel, a public one with its creator only, and people to act on. */
export interface Side {
  id: string;
  code: string;
  channel: string;
  open: string;
  /** Messages of the manager and the colleague in the private channel, and of the manager in the public one. */
  messages: { manager: string; colleague: string; open: string };
  owner: Person;
  /** Manages both channels. */
  manager: Person;
  /** In the workspace and in the private channel. */
  colleague: Person;
  /** In the workspace only. */
  spare: Person;
  botId: string;
  botTokenId: string;
}

/** Two workspaces with twin data, and a user of every role: shared by all features. */
export interface SharedWorld {
  app: TestApp;
  w: Side;
  v: Side;
  people: Record<(typeof NAMES)[number] | 'instanceAdmin', Person>;
}

async function join(owner: Person, workspaceId: string, role: 'admin' | 'member' | 'guest' | 'customer', who: Person) {
  const { code } = await owner.call('workspaces.rotateJoinCode', { workspaceId, role });
  await who.call('workspaces.join', { code });
}

async function side(owner: Person, manager: Person, insiders: readonly Person[], spare: Person): Promise<Side> {
  const { id } = await owner.call('workspaces.create', { name: 'Garden' });
  const [colleague] = insiders;
  if (colleague === undefined) throw new Error('A side needs a colleague');
  for (const who of [manager, ...insiders, spare]) if (who !== owner) await join(owner, id, 'member', who);
  const make = (name: string, visibility: 'public' | 'private', people: readonly Person[]) =>
    manager.call('conversations.create', {
      workspaceId: id,
      kind: 'channel',
      name,
      visibility,
      memberIds: people.map(({ userId }) => userId),
    });
  const channel = await make('Plans', 'private', insiders);
  const open = await make('Open', 'public', []);
  const say = async (sender: Person, conversationId: string) => {
    const said = { conversationId, content: 'Hello', clientMessageId: crypto.randomUUID() };
    return (await sender.call('messages.send', said)).message.id;
  };
  const messages = {
    manager: await say(manager, channel.id),
    colleague: await say(colleague, channel.id),
    open: await say(manager, open.id),
  };
  const { code } = await owner.call('workspaces.rotateJoinCode', { workspaceId: id });
  const bot = {
    workspaceId: id,
    userId: (await owner.call('bots.create', { workspaceId: id, name: 'Robot' })).user.id,
  };
  const { id: botTokenId } = await owner.call('bots.createToken', { ...bot, name: 'Key', scopes: ['read'] });
  const made = { channel: channel.id, open: open.id, messages, botId: bot.userId, botTokenId };
  return { id, code, ...made, owner, manager, colleague, spare };
}

const NAMES = [
  'unverified',
  'stranger',
  'neighbour',
  'guest',
  'customer',
  'member',
  'insider',
  'manager',
  'admin',
  'owner',
] as const;

/** Creates two workspaces and about two dozen people. */
export async function makeSharedWorld(app: TestApp): Promise<SharedWorld> {
  const instanceAdmin = await app.person('Instance Admin');
  const people = { instanceAdmin } as SharedWorld['people'];
  await Promise.all(
    NAMES.map(async (name) => (people[name] = await app.person(name, { verified: name !== 'unverified' }))),
  );
  const [wColleague, wSpare, vColleague, vSpare] = await Promise.all(
    ['W Colleague', 'W Spare', 'V Colleague', 'V Spare'].map((name) => app.person(name)),
  );
  const { unverified, neighbour, guest, customer, member, insider, manager, admin, owner } = people;
  const w = await side(owner, manager, [wColleague!, insider, unverified], wSpare!);
  const v = await side(neighbour, neighbour, [vColleague!], vSpare!);
  for (const [role, who] of Object.entries({ admin, member, guest, customer })) {
    await join(owner, w.id, role as 'admin', who);
  }
  w.code = (await owner.call('workspaces.rotateJoinCode', { workspaceId: w.id })).code;
  return { app, w, v, people };
}

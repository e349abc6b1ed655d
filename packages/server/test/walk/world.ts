import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { createKeyring } from '../../src/modules/identity/index.ts';
import { PASSWORD, type Person, type TestApp, testApp } from '../app.ts';
import type { Role, strangersToAll } from './table.ts';

/** A workspace with a private channel, a public one that only its maker is in, and people to do things to. */
interface Side {
  id: string;
  code: string;
  channel: string;
  open: string;
  /** Posts into the private channel. */
  webhook: string;
  /** What the manager and the colleague said in the private channel, and the manager in the public one. */
  messages: { manager: string; colleague: string; open: string };
  owner: Person;
  /** In the workspace and in the private channel. */
  colleague: Person;
  /** In the workspace only. */
  spare: Person;
  botId: string;
  botTokenId: string;
}

/** One of the callers of the table. */
export interface WalkCaller {
  userId: string;
  token: string | undefined;
  /** A second session of the same person. */
  otherSessionId: string;
  apiTokenId: string;
}

/** Two workspaces with twin data, and someone of every role. */
export interface WalkWorld {
  app: TestApp;
  url: string;
  /** The customer's, which nobody has in hand. */
  supportCase: string;
  w: Side;
  v: Side;
  callers: Record<Exclude<Role, 'nobody'> | (typeof strangersToAll)[number], WalkCaller>;
  close(): Promise<void>;
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
  const webhook = await manager.call('webhooks.create', { conversationId: channel.id, name: 'CI' });
  const { code } = await owner.call('workspaces.rotateJoinCode', { workspaceId: id });
  const bot = {
    workspaceId: id,
    userId: (await owner.call('bots.create', { workspaceId: id, name: 'Robot' })).user.id,
  };
  const { id: botTokenId } = await owner.call('bots.createToken', { ...bot, name: 'Key', scopes: ['read'] });
  const made = { channel: channel.id, open: open.id, webhook: webhook.id, messages, botId: bot.userId, botTokenId };
  return { id, code, ...made, owner, colleague, spare };
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

/** One that nobody asks: the walk stays on this machine. */
const PROVIDER = { OIDC_ISSUER: 'https://provider.example', OIDC_CLIENT_ID: 'walk', OIDC_CLIENT_SECRET: 'walk' };

/** Builds the world: about two dozen people, two workspaces. */
export async function walkWorld(): Promise<WalkWorld> {
  const dataDir = await mkdtemp(path.join(tmpdir(), 'atrium-walk-'));
  const app = await testApp({ env: { DATA_DIR: dataDir, ...PROVIDER } });
  const instanceAdmin = await app.person('Instance Admin');
  const people = { instanceAdmin } as Record<(typeof NAMES)[number] | 'instanceAdmin', Person>;
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
  const supportCase = await customer.call('conversations.create', { workspaceId: w.id, kind: 'support' });
  w.code = (await owner.call('workspaces.rotateJoinCode', { workspaceId: w.id })).code;
  const caller = async ({ userId, accessToken, email, call }: Person): Promise<WalkCaller> => {
    const { id: apiTokenId } = await call('tokens.create', { name: 'Mine', scopes: ['read'] });
    const other = await app.call('auth.login', { email, password: PASSWORD });
    return { userId, token: accessToken, otherSessionId: claimsOf(other.accessToken).sid, apiTokenId };
  };
  const asRoles = Object.fromEntries(
    await Promise.all(Object.entries(people).map(async ([name, person]) => [name, await caller(person)])),
  ) as Record<keyof typeof people, WalkCaller>;
  // Everybody has an identity at the provider, under the id of their account.
  await app.database.pool.query(
    `insert into identity (id, account_id, issuer, subject, created_at, last_used_at)
     select id, id, 'https://provider.example', id::text, now(), now() from account where not is_bot`,
  );
  await app.database.pool.query("update instance_setting set unverified_may = 'nothing'");
  const url = await app.listen();
  // What a deletion has left behind would be cleared away later, when it has been put back.
  await app.app.jobs.stop();
  return {
    app,
    url,
    supportCase: supportCase.id,
    w,
    v,
    callers: { ...asRoles, unverifiedReader: asRoles.unverified, ...(await nobodies(app, manager, dataDir)) },
    async close() {
      await app.close();
      await rm(dataDir, { recursive: true, force: true });
    },
  };
}

function claimsOf(token = ''): { sid: string; ver: number } {
  return JSON.parse(Buffer.from(token.split('.')[1] ?? '', 'base64url').toString());
}

/** Those who have something that was, or is, nearly good: all of the manager of the channels. */
async function nobodies(app: TestApp, manager: Person, dataDir: string) {
  const { userId, email, actor, refreshToken } = manager;
  const nobody = { userId, otherSessionId: actor.sessionId, apiTokenId: actor.sessionId };
  const signedOut = await app.call('auth.login', { email, password: PASSWORD });
  await manager.call('auth.revokeSession', { sessionId: claimsOf(signedOut.accessToken).sid });
  const yesterday = new Date(Date.now() - 86_400_000);
  const keyring = await createKeyring({ directory: path.join(dataDir, 'secrets'), clock: { now: () => yesterday } });
  const { sid, ver } = claimsOf(manager.accessToken);
  return {
    anonymous: { ...nobody, token: undefined },
    revoked: { ...nobody, token: signedOut.accessToken },
    expired: { ...nobody, token: await keyring.sign({ userId, sessionId: sid, tokenVersion: ver }) },
    refreshToken: { ...nobody, token: refreshToken },
  };
}

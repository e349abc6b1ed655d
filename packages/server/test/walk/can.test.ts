import {
  type ConversationState,
  conversationCan,
  type Message,
  type MessageCan,
  type MyWorkspace,
  messageCanOf,
  operations,
  workspaceCan,
} from '@atrium/protocol';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { type ConversationProbe, conversationProbes } from './can/conversation-probes.ts';
import { type MessageProbe, messageProbes } from './can/message-probes.ts';
import { type ConversationScene, conversationScenes, type WorkspaceScene, workspaceScenes } from './can/scenes.ts';
import { type WorkspaceProbe, workspaceProbes } from './can/workspace-probes.ts';
import { type Checkpoint, checkpoint } from './checkpoint.ts';
import type { WalkCaller } from './define.ts';
import type { Role } from './roles.ts';
import { type Outcome, rest, type Transport } from './transports.ts';
import { type WalkWorld, walkWorld } from './world.ts';

/** Everyone who may do anything at all. */
const roles = [
  'stranger',
  'neighbour',
  'guest',
  'customer',
  'member',
  'insider',
  'manager',
  'admin',
  'owner',
  'instanceAdmin',
] as const satisfies Role[];
type Caller = (typeof roles)[number];

const byName = new Map(operations.map((operation) => [operation.name as string, operation]));

let world: WalkWorld;
let byRest: Transport;
let start: Checkpoint;
let conversations: ConversationScene[];
let workspaces: WorkspaceScene[];

beforeAll(async () => {
  world = await walkWorld();
  byRest = rest(world);
  conversations = await conversationScenes(world);
  workspaces = await workspaceScenes(world);
  start = await checkpoint(world.app.database.pool);
});
afterAll(() => world?.close());

const callAs = (caller: WalkCaller) => async (name: string, input: Record<string, unknown>) =>
  byRest.call(caller, byName.get(name)!, input);

/** Tries a key and reverts the change. */
async function attempt(run: () => Promise<boolean>): Promise<boolean> {
  const done = await run();
  const changed = await start.changed();
  if (changed.length > 0) await start.restore(changed);
  return done;
}

/** Compares a map with what actually happens. @returns the keys that are wrong */
async function wrongKeys<Key extends string, Probe>(
  can: Record<Key, boolean>,
  probes: Record<Key, (probe: Probe) => Promise<boolean>>,
  probe: Probe,
): Promise<string[]> {
  const wrong: string[] = [];
  for (const key of Object.keys(probes) as Key[]) {
    const done = await attempt(() => probes[key](probe));
    if (done !== can[key]) wrong.push(`${key}: says ${can[key]}, was ${done ? 'done' : 'refused'}`);
  }
  return wrong;
}

const shown = <Data>({ data }: Outcome) => data as Data | undefined;

async function look(role: Caller, { id }: ConversationScene) {
  const caller = world.callers[role];
  const call = callAs(caller);
  return { call, caller, seen: shown<ConversationState>(await call('conversations.get', { conversationId: id })) };
}

it('has a probe for every key', () => {
  expect(Object.keys(conversationProbes).sort()).toEqual(Object.keys(conversationCan.shape).sort());
  expect(Object.keys(workspaceProbes).sort()).toEqual(Object.keys(workspaceCan.shape).sort());
});

it.each(roles)('is right for conversations and %s', async (role) => {
  const { colleague, spare } = world.w;
  for (const scene of conversations) {
    const { call, caller, seen } = await look(role, scene);
    if (seen === undefined) continue;
    const probe: ConversationProbe = { call, caller, scene, seen, spare: spare.userId, colleague: colleague.userId };
    expect(await wrongKeys(seen.can, conversationProbes, probe), scene.title).toEqual([]);
  }
});

it.each(roles)('is right for messages and %s', async (role) => {
  for (const scene of conversations) {
    const { call, caller, seen } = await look(role, scene);
    if (seen === undefined) continue;
    for (const { id: messageId } of [...scene.messages, ...(scene.deleted ? [scene.deleted] : [])]) {
      const message = shown<Message>(await call('messages.get', { messageId }))!;
      const isDeleted = message.deletedAt !== undefined;
      const place = {
        isMember: seen.members.some(({ userId }) => userId === caller.userId),
        moderates: seen.can.moderate,
        isArchived: seen.archivedAt !== null,
      };
      const can: MessageCan = messageCanOf(place, {
        isMine: message.senderId === caller.userId,
        type: message.type,
        isDeleted,
      });
      const probe: MessageProbe = { call, conversationId: scene.id, messageId, isDeleted };
      const title = `${scene.title}, ${isDeleted ? 'deleted' : message.senderId === caller.userId ? 'mine' : 'theirs'}`;
      expect(await wrongKeys(can, messageProbes, probe), title).toEqual([]);
    }
  }
});

it.each(roles)('is right for workspaces and %s', async (role) => {
  for (const scene of workspaces) {
    const call = callAs(world.callers[role]);
    const seen = shown<MyWorkspace>(await call('workspaces.get', { workspaceId: scene.id }));
    if (seen === undefined) continue;
    const probe: WorkspaceProbe = { call, scene };
    expect(await wrongKeys(seen.can, workspaceProbes, probe), scene.title).toEqual([]);
  }
});

it('covers every key where it is permitted and where it is not', async () => {
  const told = new Map<string, Set<boolean>>();
  const note = (can: Record<string, boolean>, of: string) => {
    for (const [key, may] of Object.entries(can)) {
      told.set(`${of}.${key}`, (told.get(`${of}.${key}`) ?? new Set()).add(may));
    }
  };
  for (const role of roles) {
    for (const scene of conversations) {
      const { seen } = await look(role, scene);
      if (seen) note(seen.can, 'conversation');
    }
    for (const { id } of workspaces) {
      const found = shown<MyWorkspace>(await callAs(world.callers[role])('workspaces.get', { workspaceId: id }));
      if (found) note(found.can, 'workspace');
    }
  }
  expect([...told].filter(([, answers]) => answers.size < 2).map(([key]) => key)).toEqual([]);
});

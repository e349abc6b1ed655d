import type { Operation } from '@atrium/protocol';
import { expect, it } from 'vitest';
import type { Actor, UserActor } from './actor.ts';
import { anonymous } from './actor.ts';
import { type CommandLocks, command, type Lock, read } from './context.ts';
import { type AccessHold, commandsWithoutHold, holdSubject } from './holds.ts';

const operation = (access: string) => ({ name: `test.${access}`, access }) as unknown as Operation;
const run = () => ({});
const commandOf = (access: string, locks: CommandLocks<Operation> = {}) =>
  command(operation(access), run as never, locks);
const idle: AccessHold = async () => undefined;
const ann = { kind: 'user', userId: 'ann' } as UserActor;

it('names the commands whose access rule has no hold', () => {
  const implementations = [
    commandOf('workspace:member'),
    commandOf('conversation:member'),
    commandOf('task:member', { lock: 'itself' }),
    commandOf('public'),
    read(operation('user:acquainted'), run as never),
  ];
  expect(commandsWithoutHold({ 'workspace:member': idle }, implementations)).toEqual([
    'test.conversation:member: nothing locks what conversation:member decides by; add a hold to `holds` of the module that loads it',
  ]);
});

it('holds by default, and passes on the other users to hold', async () => {
  const heard: [Lock, readonly string[]][] = [];
  const hold: AccessHold = async (_tx, _actor, _input, { lock, people }) => void heard.push([lock, people]);
  const attempt = (locks: CommandLocks<Operation>, actor: Actor = ann) =>
    holdSubject({ user: hold }, commandOf('user', locks), undefined as never, actor, { userId: 'ben' });
  await attempt({});
  await attempt({ lock: 'change', people: (input) => [String((input as { userId: string }).userId)] });
  await attempt({ lock: 'itself' });
  await attempt({}, anonymous);
  expect(heard).toEqual([
    ['hold', []],
    ['change', ['ben']],
  ]);
});

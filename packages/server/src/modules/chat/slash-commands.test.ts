import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Person, type Team, type TestWorld, testWorld } from '../../../test/world.ts';

let world: TestWorld;
let team: Team;
let conversationId: string;

beforeAll(async () => {
  world = await testWorld();
  team = await world.workspace();
  const input = { workspaceId: team.id, kind: 'channel' as const, name: 'Beds', memberIds: [team.member.userId] };
  conversationId = (await team.owner.api.conversations.create(input)).id;
});
afterAll(() => world.close());

const type = (person: Person, text: string, clientMessageId: string = randomUUID()) =>
  person.api.commands.run({ conversationId, text, clientMessageId });

const conversation = () => team.owner.api.conversations.get({ conversationId });

describe('slash commands', () => {
  it('are listed for everyone', async () => {
    const { items } = await team.guest.api.commands.list({});
    const usages = items.map(({ usage }) => usage);
    expect(usages).toEqual(expect.arrayContaining(['/invite @user', '/me text', '/shrug text', '/topic text']));
    expect(usages).toEqual(usages.toSorted());
  });

  it('/topic sets the topic for members who may, and everyone is told', async () => {
    expect(await type(team.owner, '/topic Tomatoes')).toEqual({ message: null, notice: 'The topic: Tomatoes' });
    expect((await conversation()).topic).toBe('Tomatoes');
    expect(await type(team.member, '/topic')).toEqual({ message: null, notice: 'The topic: Tomatoes' });
    await expect(type(team.member, '/topic Weeds')).rejects.toMatchObject({ code: 'forbidden' });
    await expect(type(team.owner, `/topic ${'x'.repeat(251)}`)).rejects.toMatchObject({ code: 'invalid_input' });
    expect((await conversation()).topic).toBe('Tomatoes');
  });

  it('/invite adds a member of the workspace by username', async () => {
    await team.admin.api.users.updateMe({ username: 'ada' });
    expect(await type(team.member, '/invite @Ada')).toEqual({ message: null, notice: '@ada is here now.' });
    expect((await conversation()).members.map(({ userId }) => userId)).toContain(team.admin.userId);
    await expect(type(team.member, '/invite ada')).rejects.toMatchObject({ code: 'already_member' });
    const stranger = await world.person();
    await stranger.api.users.updateMe({ username: 'stranger' });
    await expect(type(team.member, '/invite @stranger')).rejects.toMatchObject({
      code: 'invalid_input',
      details: { errors: [{ path: 'text', message: 'nobody in this workspace is called @stranger' }] },
    });
  });

  it.each([
    ['/me waters the beds', '_waters the beds_'],
    ['/me digs\n\nand waters', '_digs_\n\n_and waters_'],
    ['/shrug no idea', 'no idea ¯\\\\\\_(ツ)\\_/¯'],
    ['/shrug', '¯\\\\\\_(ツ)\\_/¯'],
    ['//topic is a command', '/topic is a command'],
  ])('%s says %s', async (text, content) => {
    const { message } = await type(team.member, text);
    expect(message).toMatchObject({ content, senderId: team.member.userId });
  });

  it.each(['/mee too', '/me', '/invite a b', '/xyzzy'])(
    '%s is refused with a hint on how to send a slash',
    async (text) => {
      const error = await type(team.member, text).catch((refusal: unknown) => refusal);
      expect(JSON.stringify(error)).toContain('Begin with //');
    },
  );

  it('run once, however often they are sent', async () => {
    const intent = randomUUID();
    await world.told();
    const answers = await Promise.all(
      Array.from({ length: 5 }, () => type(team.member, '/me digs', intent).catch((error: unknown) => error)),
    );
    expect(new Set(answers.map((answer) => JSON.stringify(answer))).size).toBe(1);
    const topic = randomUUID();
    await type(team.owner, '/topic Roses', topic);
    await type(team.owner, '/topic Tulips');
    expect(await type(team.owner, '/topic Roses', topic)).toMatchObject({ notice: 'The topic: Roses' });
    expect((await conversation()).topic).toBe('Tulips');
    await expect(type(team.owner, '/topic Lilies', topic)).rejects.toMatchObject({ code: 'idempotency_mismatch' });
    const told = (await world.told()).filter(({ stream }) => stream === `conversation:${conversationId}`);
    expect(told.map((event) => event.type)).toEqual([
      'message:receive',
      'conversation:updated',
      'conversation:updated',
    ]);
  });

  it('that are unknown do nothing', async () => {
    await world.told();
    await expect(type(team.member, '/tpoic x')).rejects.toMatchObject({
      code: 'unknown_command',
      message:
        'There is no command /tpoic. Did you mean /topic? Begin with // to send a message that starts with a slash.',
    });
    await expect(type(team.member, 'no slash')).rejects.toMatchObject({ code: 'invalid_input' });
    expect(await world.told()).toEqual([]);
  });
});

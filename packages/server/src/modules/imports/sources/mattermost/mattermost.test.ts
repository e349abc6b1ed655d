import { afterAll, beforeAll, expect, it } from 'vitest';
import { DOT } from '../../../../../test/multipart.ts';
import { zip } from '../../../files/test/zip.ts';
import { type ImportOffice, openImportOffice } from '../../test/office.ts';

let office: ImportOffice;
beforeAll(async () => {
  office = await openImportOffice();
}, 180_000);
afterAll(() => office?.close());

const at = (minute: number) => Date.UTC(2026, 1, 3, 10, minute);
const user = (username: string, channels: string[], more: object = {}) => ({
  type: 'user',
  user: {
    username,
    email: `${username}@example.org`,
    nickname: '',
    first_name: username[0]?.toUpperCase() + username.slice(1),
    last_name: 'Example',
    roles: 'system_user',
    teams: [{ name: 'main', roles: 'team_user', channels: channels.map((name) => ({ name, roles: 'channel_user' })) }],
    ...more,
  },
});
const post = (channel: string, author: string, minute: number, message: string, more: object = {}) => ({
  type: 'post',
  post: { team: 'main', channel, user: author, message, create_at: at(minute), props: {}, ...more },
});

/** A handwritten export in the published format: its posts are unordered, as in real ones. */
const LINES: readonly (object | string)[] = [
  { type: 'version', version: 1, info: { generator: 'mattermost-server', version: '9.5.0' } },
  { type: 'emoji', emoji: { name: 'parrot', image: 'emoji/parrot.gif' } },
  { type: 'team', team: { name: 'main', display_name: 'Main', type: 'O', description: '' } },
  {
    type: 'channel',
    channel: {
      team: 'main',
      name: 'town-square',
      display_name: 'Town Square',
      type: 'O',
      header: 'Hello',
      purpose: '',
    },
  },
  {
    type: 'channel',
    channel: {
      team: 'main',
      name: 'ops',
      display_name: 'Ops',
      type: 'P',
      header: 'Doors',
      purpose: 'Keys',
      deleted_at: 1,
    },
  },
  user('ann', ['town-square', 'ops'], { roles: 'system_admin system_user' }),
  user('ben', ['town-square']),
  user('dora', ['town-square'], { profile_image: 'profile_pictures/dora.png' }),
  user('cleo', ['town-square'], { delete_at: at(0) }),
  { type: 'bot', bot: { username: 'helper', display_name: 'Helper', owner: 'ann' } },
  post('town-square', 'ben', 9, 'second', { is_pinned: true }),
  '{"type": "post", "post": {"team": "main", ',
  post('town-square', 'ann', 1, 'first @ben.', {
    reactions: [
      { user: 'ben', emoji_name: '+1', create_at: at(2) },
      { user: 'cleo', emoji_name: '+1', create_at: at(2) },
    ],
    attachments: [{ path: '20260203/teams/noteam/channels/c/users/u/f/Génie.txt' }, { path: 'missing.txt' }],
    replies: [
      { user: 'ben', message: 'a late answer', create_at: at(12), reactions: [] },
      { user: 'helper', message: 'an answer', create_at: at(3) },
    ],
  }),
  { type: 'post', post: { team: 'main', channel: 'town-square', user: 'ann', message: 'without a time' } },
  post('ops', 'ann', 4, 'keys are under the mat', {
    props: { from_webhook: 'true', attachments: [{ title: 'Alarm', text: 'the door is *open*' }] },
  }),
  post('lost', 'ben', 5, 'in a channel that is not there'),
  { type: 'direct_channel', direct_channel: { members: ['ann', 'ben'], header: '', favorited_by: [] } },
  {
    type: 'direct_post',
    direct_post: { channel_members: ['ann', 'ben'], user: 'ann', message: 'psst', create_at: at(6) },
  },
  {
    type: 'direct_post',
    direct_post: { channel_members: ['ann', 'ben', 'cleo'], user: 'cleo', message: 'three of us', create_at: at(7) },
  },
];
const jsonl = LINES.map((line) => (typeof line === 'string' ? line : JSON.stringify(line))).join('\n');
const archive = () =>
  zip({
    'import.jsonl': jsonl,
    'data/20260203/teams/noteam/channels/c/users/u/f/Génie.txt': 'ingenious',
    'data/profile_pictures/dora.png': DOT.content,
  });

const messagesOf = async (name: string) => {
  const { items } = await office.ann.call('conversations.list', { workspaceId: office.workspaceId, limit: 100 });
  const conversationId = items.find((one) => one.name === name || one.kind === name)?.id ?? '';
  return (await office.ann.call('messages.list', { conversationId, limit: 100 })).items;
};

it('imports a complete bulk export in chronological order', async () => {
  const file = await office.file('mattermost.zip', await archive());
  const { counts, report } = await office.run('mattermost', file);
  expect(counts).toMatchObject({
    person: { created: 5 },
    conversation: { created: 5 },
    message: { created: 8, 'left out': 0 },
    unreadable: { 'left out': 3 },
  });
  const square = await messagesOf('Town Square');
  expect(square.map(({ content, createdAt }) => [content, createdAt])).toEqual([
    ['first @Ben.', '2026-02-03T10:01:00.000Z'],
    ['an answer', '2026-02-03T10:03:00.000Z'],
    ['second', '2026-02-03T10:09:00.000Z'],
    ['a late answer', '2026-02-03T10:12:00.000Z'],
  ]);
  const [root, answer, second, late] = square;
  expect([answer?.threadId, second?.threadId, late?.threadId]).toEqual([root?.id, undefined, root?.id]);
  expect(root?.attachments?.map(({ filename }) => filename)).toEqual(['Génie.txt']);
  expect(root?.reactions).toMatchObject([{ emoji: ':+1:', userIds: [expect.any(String), expect.any(String)] }]);
  expect((await messagesOf('Ops')).map(({ content }) => content)).toEqual([
    'keys are under the mat\n\n> **Alarm**\n> the door is **open**',
  ]);
  const { items: all } = await office.ann.call('conversations.list', { workspaceId: office.workspaceId, limit: 100 });
  const conversationId = all.find(({ name }) => name === 'Town Square')?.id ?? '';
  expect((await office.ann.call('conversations.get', { conversationId })).pins).toEqual([second?.id]);
  const { items: members } = await office.ann.call('members.list', { workspaceId: office.workspaceId });
  expect(members.find(({ user: { name } }) => name === 'Dora Example')?.user.avatar).toMatch(/^\//);
  expect((await messagesOf('direct')).map(({ content }) => content)).toEqual(['psst']);
  expect((await messagesOf('group')).map(({ content }) => content)).toEqual(['three of us']);
  const noted = report
    .filter(({ notes }) => notes.length > 0)
    .map(({ where, notes }) => `${where}: ${notes.join('; ')}`);
  expect(noted).toEqual([
    'line 2: the custom emoji :parrot: is not imported',
    expect.stringContaining('line 9: had left Mattermost'),
    expect.stringContaining('line 10: is a bot'),
    expect.stringMatching(/^line 12: the line is no JSON/),
    expect.stringMatching(/^line 14: is no post of an export: post.create_at/),
    expect.stringMatching(/^line 13: the file missing.txt is left out: it is not in the archive/),
    'line 5: its purpose is not imported: Keys',
    expect.stringContaining('line 16: is not described in the file'),
  ]);
}, 180_000);

it('adds nothing when imported again, even from the JSONL file alone', async () => {
  const { counts } = await office.run('mattermost', await office.file('import.jsonl', jsonl));
  expect(counts).toMatchObject({
    message: { created: 0, present: 8 },
    conversation: { present: 5 },
    person: { present: 5 },
  });
}, 180_000);

it('refuses files that are not exports', async () => {
  for (const content of ['', '{"type":"user"}\n', 'hello', await zip({ 'a.txt': 'x' })]) {
    const file = await office.file('bad', content);
    const ran = await office.command('import', 'mattermost', file, '--workspace', office.workspaceId);
    expect(ran).toMatchObject({ code: 65, stdout: '' });
  }
});

import { zip } from '../../../src/modules/files/test/zip.ts';

/** An invented export of a product. */
export interface MadeExport {
  source: 'mattermost' | 'trello' | 'todoist' | 'toggl' | 'clockify';
  name: string;
  content(): Promise<Buffer | string>;
  flags: readonly string[];
}

const range = (count: number) => Array.from({ length: count }, (_, at) => at);
const DAY = Date.UTC(2026, 0, 5);
const clock = (at: number) => new Date(DAY + at * 60_000).toISOString();
const csv = (lines: readonly (readonly (string | number)[])[]) =>
  `${lines.map((cells) => cells.map((cell) => `"${String(cell).replaceAll('"', '""')}"`).join(',')).join('\r\n')}\r\n`;

/** Three channels and a direct conversation; every tenth post has a file, every fourth an answer and a reaction. */
async function mattermost(posts: number): Promise<Buffer> {
  const channels = ['square', 'ops', 'lab'];
  const people = ['ann', 'cat', 'dan'];
  const inAll = channels.map((name) => ({ name, roles: 'channel_user' }));
  const at = (post: number) => DAY + post * 60_000;
  const lines = [
    { type: 'version', version: 1 },
    { type: 'team', team: { name: 'main', display_name: 'Main', type: 'O', description: '' } },
    ...channels.map((name) => ({
      type: 'channel',
      channel: { team: 'main', name, display_name: name, type: 'O', header: '', purpose: '' },
    })),
    ...people.map((username) => ({
      type: 'user',
      user: {
        ...{ username, email: `${username}@example.org`, nickname: '', roles: 'system_user' },
        ...{ first_name: username, last_name: 'Example' },
        teams: [{ name: 'main', roles: 'team_user', channels: inAll }],
      },
    })),
    ...range(posts).map((post) => ({
      type: 'post',
      post: {
        ...{ team: 'main', channel: channels[post % 3], user: people[post % 2], props: {} },
        ...{ message: `Message ${post}`, create_at: at(post) },
        ...(post % 10 === 0 ? { attachments: [{ path: `files/${post}.txt` }] } : {}),
        ...(post % 4 === 0
          ? {
              replies: [{ user: 'dan', message: `Answer to ${post}`, create_at: at(post) + 1_000, reactions: [] }],
              reactions: [{ user: 'dan', emoji_name: '+1', create_at: at(post) + 2_000 }],
            }
          : {}),
      },
    })),
    { type: 'direct_channel', direct_channel: { members: ['ann', 'cat'], header: '', favorited_by: [] } },
    ...range(20).map((post) => ({
      type: 'direct_post',
      direct_post: { channel_members: ['ann', 'cat'], user: 'cat', message: `Psst ${post}`, create_at: at(post) },
    })),
  ];
  const files = range(posts).filter((post) => post % 10 === 0);
  return zip({
    'import.jsonl': lines.map((line) => JSON.stringify(line)).join('\n'),
    ...Object.fromEntries(files.map((post) => [`data/files/${post}.txt`, `Content of ${post}`])),
  });
}

/** Cards with two items and a comment each. */
function trello(cards: number): string {
  const id = (kind: number, at: number) =>
    (DAY / 1_000).toString(16).padStart(8, '0') + (kind * 100_000 + at).toString(16).padStart(16, '0');
  const [list, ann, cat] = [id(1, 0), id(2, 0), id(2, 1)];
  return JSON.stringify({
    id: id(0, 0),
    name: 'Spring',
    members: [
      { id: ann, fullName: 'Ann', username: 'ann' },
      { id: cat, fullName: 'Cat Example', username: 'cat-t' },
    ],
    labels: [{ id: id(3, 0), name: 'urgent', color: 'red' }],
    lists: [{ id: list, name: 'Doing', closed: false, pos: 1 }],
    cards: range(cards).map((at) => ({
      ...{ id: id(4, at), idList: list, name: `Card ${at}`, desc: `About ${at}`, pos: at },
      ...{ idMembers: at % 2 === 0 ? [ann] : [cat], idLabels: at % 3 === 0 ? [id(3, 0)] : [] },
      ...{ dueComplete: at % 5 === 0, dateLastActivity: clock(at), badges: { comments: 1 }, attachments: [] },
    })),
    checklists: range(cards).map((at) => ({
      ...{ id: id(5, at), idCard: id(4, at), name: 'Steps', pos: 1 },
      checkItems: [0, 1].map((step) => ({
        ...{ id: id(6, 2 * at + step), name: `Step ${step} of ${at}`, pos: step },
        state: step === 0 ? 'complete' : 'incomplete',
      })),
    })),
    actions: range(cards).map((at) => ({
      ...{ id: id(7, at), type: 'commentCard', date: clock(at), idMemberCreator: cat },
      data: { text: `Comment on ${at}`, card: { id: id(4, at) } },
    })),
  });
}

/** Tasks of two levels, every third with a note. Some have the same title. */
function todoist(tasks: number): string {
  const header = ['TYPE', 'CONTENT', 'DESCRIPTION', 'PRIORITY', 'INDENT', 'AUTHOR', 'RESPONSIBLE', 'DATE', 'DATE_LANG'];
  const rows = range(tasks).flatMap((at) => [
    ['task', `Task ${at % 40}`, '', 1 + (at % 4), 1 + (at % 2), 'Ann (1)', 'Cat (2)', '2026-08-09', 'en'],
    ...(at % 3 === 0 ? [['note', `Note ${at}`, '', '', '', 'Cat (2)', '', '', '']] : []),
  ]);
  return csv([header, ...rows]);
}

const when = (at: number) => [`2026-01-${String(5 + (at % 20)).padStart(2, '0')}`, `${8 + (at % 3)}:00:00`] as const;
const until = (at: number) => [when(at)[0], `${8 + (at % 3)}:45:00`] as const;
const who = (at: number) => (at % 2 === 0 ? ['Ann', 'ann@example.org'] : ['Cat', 'cat@example.org']);

/** Entries on twelve tasks; some are the same twice, and count twice. */
function toggl(entries: number): string {
  const header = ['User', 'Email', 'Client', 'Project', 'Task', 'Description', 'Billable'];
  const times = ['Start date', 'Start time', 'End date', 'End time', 'Duration', 'Tags'];
  const rows = range(entries).map((at) => {
    const work = ['Acme', 'Website', `Part ${at % 12}`, `Draft ${at % 30}`, at % 2 === 0 ? 'Yes' : 'No'];
    return [...who(at), ...work, ...when(at), ...until(at), '00:45:00', 'ux'];
  });
  return csv([[...header, ...times], ...rows]);
}

function clockify(entries: number): string {
  const header = ['Project', 'Client', 'Description', 'Task', 'User', 'Email', 'Tags', 'Billable'];
  const times = ['Start Date', 'Start Time', 'End Date', 'End Time', 'Duration (h)'];
  const rows = range(entries).map((at) => {
    const work = ['Garden', 'Acme', `Weeding ${at % 30}`, `Bed ${at % 12}`];
    return [...work, ...who(at), '', at % 2 === 0 ? 'Yes' : 'No', ...when(at), ...until(at), '00:45:00'];
  });
  return csv([[...header, ...times], ...rows]);
}

/** An export of each product besides Slack, of about so many rows. */
export function madeExports(rows: number): MadeExport[] {
  const zoned = ['--time-zone', 'Europe/Berlin'];
  return [
    { source: 'mattermost', name: 'mattermost.zip', content: () => mattermost(Math.floor(rows * 0.75)), flags: [] },
    { source: 'trello', name: 'board.json', content: async () => trello(Math.floor(rows / 4)), flags: [] },
    { source: 'todoist', name: 'Fence.csv', content: async () => todoist(Math.floor(rows * 0.75)), flags: zoned },
    { source: 'toggl', name: 'toggl.csv', content: async () => toggl(rows), flags: zoned },
    { source: 'clockify', name: 'clockify.csv', content: async () => clockify(rows), flags: zoned },
  ];
}

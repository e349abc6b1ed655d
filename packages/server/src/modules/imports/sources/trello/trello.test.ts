import { afterAll, beforeAll, expect, it } from 'vitest';
import { zip } from '../../../files/test/zip.ts';
import { type ImportOffice, openImportOffice } from '../../test/office.ts';

let office: ImportOffice;
beforeAll(async () => {
  office = await openImportOffice();
}, 180_000);
afterAll(() => office?.close());

/** An id in Trello's format: it begins with the time in seconds. */
const idAt = (day: number, number: number) =>
  (Date.UTC(2026, 2, day) / 1_000).toString(16).padStart(8, '0') + number.toString(16).padStart(16, '0');
const [ANN, BEN, GONE] = [idAt(1, 1), idAt(1, 2), idAt(1, 3)];
const [IDEAS, DOING, DONE] = [idAt(1, 10), idAt(1, 11), idAt(1, 12)];
const [PAINT, SOLD, OLD] = [idAt(2, 20), idAt(3, 21), idAt(4, 22)];

const comment = (number: number, card: string, text: string) => ({
  id: idAt(5, 1_000 + number),
  type: 'commentCard',
  date: new Date(Date.UTC(2026, 2, 5, 8, 0, number)).toISOString(),
  idMemberCreator: number === 0 ? GONE : BEN,
  memberCreator: { id: number === 0 ? GONE : BEN, fullName: number === 0 ? 'Gone Person' : 'Ben', username: 'x' },
  data: { text, card: { id: card, name: 'x' }, board: {} },
});

/** A handwritten board in the format of Trello's own export. */
const BOARD = {
  id: idAt(1, 0),
  name: 'Spring',
  desc: 'All of the garden',
  closed: false,
  members: [
    { id: ANN, fullName: 'Ann', username: 'ann_t' },
    { id: BEN, fullName: 'Ben', username: 'ben_t' },
  ],
  labels: [
    { id: idAt(1, 30), name: 'urgent', color: 'red_dark' },
    { id: idAt(1, 31), name: '', color: 'green' },
    { id: idAt(1, 32), name: 'On no card', color: 'sky' },
  ],
  lists: [
    { id: DONE, name: 'Done', closed: false, pos: 3 },
    { id: IDEAS, name: 'Ideas', closed: false, pos: 1 },
    { id: DOING, name: 'In progress', closed: false, pos: 2 },
  ],
  cards: [
    {
      id: OLD,
      idList: DONE,
      name: 'Go',
      desc: '',
      closed: true,
      pos: 1,
      idMembers: [],
      idLabels: [],
      dateLastActivity: '2026-03-08T10:00:00.000Z',
      badges: { comments: 0 },
      attachments: [],
    },
    {
      id: PAINT,
      idList: DOING,
      name: 'Paint the fence',
      desc: 'Green, **not** blue',
      closed: false,
      start: '2026-08-01T10:00:00.000Z',
      locationName: 'The gate',
      address: 'Mill Lane 1',
      idMembersVoted: [ANN],
      due: '2026-08-09T10:00:00.000Z',
      dueComplete: false,
      dateLastActivity: '2026-03-07T10:00:00.000Z',
      shortUrl: 'https://trello.com/c/abc',
      pos: 2,
      idMembers: [BEN],
      idLabels: [idAt(1, 30), idAt(1, 31)],
      badges: { comments: 172 },
      attachments: [{ id: 'a', name: 'plan.pdf', url: 'https://trello.com/1/cards/x/attachments/a/download/plan.pdf' }],
    },
    {
      id: SOLD,
      idList: IDEAS,
      name: 'Sell the mower',
      desc: '',
      closed: false,
      due: null,
      dueComplete: true,
      pos: 1,
      idMembers: [ANN],
      idLabels: [],
      badges: {},
      attachments: [],
    },
    { name: 'without an id' },
  ],
  checklists: [
    {
      id: idAt(2, 40),
      idCard: PAINT,
      name: 'Steps',
      pos: 1,
      checkItems: [
        { id: idAt(2, 42), name: 'second coat', state: 'incomplete', pos: 2, idMember: ANN },
        { id: idAt(2, 41), name: 'sand it', state: 'complete', pos: 1 },
      ],
    },
  ],
  actions: [
    ...Array.from({ length: 66 }, (_, number) => comment(number, PAINT, `comment ${number}`)).reverse(),
    {
      id: idAt(2, 900),
      type: 'createCard',
      date: '2026-03-02T00:00:00.000Z',
      idMemberCreator: BEN,
      data: { card: { id: PAINT } },
    },
    { id: idAt(2, 901), type: 'updateBoard', date: '2026-03-02T00:00:00.000Z', idMemberCreator: BEN, data: {} },
  ],
};
const PEOPLE = 'person,email\nann_t,ann@example.org\nBen,ben@example.org\n';

it('imports a complete board', async () => {
  const file = await office.file('board.json', JSON.stringify(BOARD));
  const people = await office.file('people.csv', PEOPLE);
  const { counts, report } = await office.run('trello', file, '--people', people);
  expect(counts).toMatchObject({
    person: { created: 2, 'left out': 0 },
    task: { created: 5, 'left out': 0 },
    comment: { created: 66, 'left out': 0 },
    unreadable: { 'left out': 3 },
  });
  expect(report.find(({ key }) => key === `${PAINT} comments`)?.notes).toEqual([
    '106 of its 172 comments are not in the file',
  ]);
  const { items } = await office.ann.call('tasks.list', {
    workspaceId: office.workspaceId,
    scope: 'visible',
    limit: 100,
    sort: 'manual',
  });
  const task = (title: string) => items.find((one) => one.title === title);
  const { items: labels } = await office.ann.call('labels.list', { workspaceId: office.workspaceId });
  expect(labels.find(({ name }) => name === 'On no card')?.color).toBe('#6cc3e0');
  expect(report.find(({ where }) => where === 'board Spring')?.notes).toEqual([
    'its description is not imported: All of the garden',
  ]);
  expect(report.find(({ key }) => key === PAINT)?.notes).toContain('its 1 votes are not imported');
  const paint = task('Paint the fence');
  expect(paint).toMatchObject({
    status: 'in-progress',
    dueAt: '2026-08-09T10:00:00.000Z',
    dueOn: null,
    category: 'Spring',
    link: 'https://trello.com/c/abc',
    memberIds: [office.ben.userId],
    createdBy: office.ben.userId,
    createdAt: '2026-03-02T00:00:00.000Z',
    commentCount: 66,
    subtasks: { done: 1, total: 2 },
  });
  expect(paint?.description).toBe(
    'Green, **not** blue\n\nStart: 2026-08-01\nPlace: The gate, Mill Lane 1\n\n- [plan.pdf](https://trello.com/1/cards/x/attachments/a/download/plan.pdf)',
  );
  expect(
    labels
      .filter(({ id }) => paint?.labelIds.includes(id))
      .map(({ name, color }) => [name, color])
      .sort(),
  ).toEqual([
    ['In progress', '#6b7280'],
    ['green', '#4bce97'],
    ['urgent', '#f87168'],
  ]);
  expect(task('second coat')).toMatchObject({ parentId: paint?.id, status: 'todo', memberIds: [office.ann.userId] });
  expect(task('sand it')).toMatchObject({ parentId: paint?.id, status: 'completed' });
  expect(task('Sell the mower')).toMatchObject({ status: 'completed', memberIds: [office.ann.userId] });
  expect(task('Go (trello)')).toMatchObject({
    status: 'completed',
    completedAt: '2026-03-08T10:00:00.000Z',
    memberIds: [],
  });
  const comments = await office.ann.call('taskComments.list', { taskId: paint?.id ?? '', limit: 100 });
  expect(comments.items.map(({ content }) => content)).toEqual(
    Array.from({ length: 66 }, (_, number) => `comment ${number}`),
  );
  expect(comments.items[1]).toMatchObject({ authorId: office.ben.userId, createdAt: '2026-03-05T08:00:01.000Z' });
  expect(await office.query('select 1 from notification')).toEqual([]);

  const again = await office.run('trello', file, '--people', people);
  expect(again.counts).toMatchObject({ task: { created: 0, present: 5 }, comment: { created: 0, present: 66 } });
}, 180_000);

it('refuses files that are not boards, and lists unknown people', async () => {
  for (const content of ['{', '[]', '{"id":"1","name":"x"}']) {
    const file = await office.file('bad.json', content);
    expect(await office.command('import', 'trello', file, '--workspace', 'Garden')).toMatchObject({
      code: 65,
      stdout: '',
    });
  }
  const file = await office.file(
    'other.json',
    JSON.stringify({
      ...BOARD,
      id: 'b',
      name: 'Other',
      checklists: [],
      actions: [],
      members: BOARD.members.map((one) => ({ ...one, id: `${one.id}x` })),
      cards: [{ ...BOARD.cards[1], id: idAt(6, 6), idMembers: [`${BEN}x`], badges: {} }],
    }),
  );
  const { report } = await office.run('trello', file);
  expect(report.flatMap(({ notes }) => notes).join()).toMatch(/no e-mail address.*is no member of the workspace/);
}, 180_000);

it('imports uploaded files from an archive, and keeps links to missing ones', async () => {
  const at = (number: number) => idAt(7, number);
  const upload = (number: number, fileName: string) => {
    const url = `https://trello.com/1/cards/${at(50)}/attachments/${at(number)}/download/${fileName}`;
    return { id: at(number), name: fileName, fileName, mimeType: 'text/plain', isUpload: true, url };
  };
  const link = { id: at(64), name: 'A page', isUpload: false, url: 'https://example.org/page' };
  const attachments = [upload(61, 'plan.txt'), upload(62, 'colours.txt'), upload(63, 'lost.txt'), link];
  const card = { ...BOARD.cards[2], id: at(50), name: 'Dig a pond', badges: {}, attachments };
  const board = { ...BOARD, id: at(1), name: 'Pond', desc: '', checklists: [], actions: [], cards: [card] };
  const archive = await zip({
    'Pond/pond.json': JSON.stringify(board),
    'Pond/list.json': '[]',
    [`Pond/attachments/${at(61)}/plan.txt`]: 'Two metres deep',
    [`Pond/attachments/${at(50)}/colours.txt`]: 'Blue',
    'Pond/attachments/other.txt': 'of nobody',
  });
  const file = await office.file('pond.zip', archive);
  const { counts, report } = await office.run('trello', file);
  expect(counts).toMatchObject({ task: { created: 1 }, unreadable: { 'left out': 1 } });
  const row = report.find(({ key }) => key === at(50));
  expect(row?.notes.filter((note) => note.includes('link'))).toEqual([
    '1 of its attachments are links in the description',
    'the file lost.txt is not in the export: it is a link in the description',
  ]);
  const taskId = row?.id ?? '';
  const { items } = await office.ann.call('attachments.ofTask', { taskId });
  expect(items.map(({ filename, size }) => [filename, size]).sort()).toEqual([
    ['colours.txt', 4],
    ['plan.txt', 15],
  ]);
  const { description } = await office.ann.call('tasks.get', { taskId });
  expect(description).toContain('[lost.txt](');
  expect(description).toContain('[A page](https://example.org/page)');
  expect(description).not.toContain('plan.txt');
  const empty = await office.file('empty.zip', await zip({ 'list.json': '[]' }));
  expect(await office.command('import', 'trello', empty, '--workspace', 'Garden')).toMatchObject({ code: 65 });
}, 180_000);

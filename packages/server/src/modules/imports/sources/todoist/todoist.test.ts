import { afterAll, beforeAll, expect, it } from 'vitest';
import { type ImportOffice, openImportOffice } from '../../test/office.ts';

let office: ImportOffice;
beforeAll(async () => {
  office = await openImportOffice();
}, 180_000);
afterAll(() => office?.close());

/** A handwritten project in Todoist's published format. */
const CSV = [
  '\uFEFFTYPE,CONTENT,DESCRIPTION,PRIORITY,INDENT,AUTHOR,RESPONSIBLE,DATE,DATE_LANG,TIMEZONE,DURATION,DURATION_UNIT,DEADLINE,DEADLINE_LANG,MOOD',
  'meta,view_style=list,,,,,,,,,,',
  'task,Child before its parent,,4,2,Ann (11),,,en,Europe/Berlin,,',
  'task,Paint the fence @garden @weekend,Green,1,1,Ann (11),Ben (22),2026-08-09,en,America/Los_Angeles,,',
  'note,"Two coats, ""at least""\nand sand it first",,,,Ben (22),,2026-03-01T10:00:00Z,,,,',
  'task,Buy paint,,4,2,Ann (11),,every! 31st,en,Europe/Berlin,30,minute,2026-09-01,en,good',
  'task,Choose the colour,,3,3,Ann (11),,jeden Montag,de,Europe/Berlin,,',
  'task,"A title\nof two lines",,2,1,Ann (11),,when it rains,en,Europe/Berlin,,',
  'section,Later,,,,,,,,,,',
  'task,Sell the mower,,4,1,Ann (11),,,en,Europe/Berlin,,',
  'task,Sell the mower,,4,1,Ann (11),,,en,Europe/Berlin,,',
  'note,"Photo [[file {""file_name"":""mower.jpg"",""file_url"":""https://example.org/mower.jpg""}]]",,,,Ann (11),,,,,,',
  'idea,Something else,,,,,,,,,,',
  'task,"=HYPERLINK(""http://x.example"",""y"")",,4,1,Ann (11),,,en,,,',
  '',
].join('\r\n');
const PEOPLE = 'person,email\nAnn,ann@example.org\nBen (22),ben@example.org\n';

it('imports a complete project', async () => {
  const file = await office.file('Fence.csv', CSV);
  const people = await office.file('people.csv', PEOPLE);
  const { counts, report } = await office.run('todoist', file, '--people', people);
  expect(counts).toMatchObject({
    task: { created: 8, 'left out': 0 },
    comment: { created: 2, 'left out': 0 },
    unreadable: { 'left out': 2 },
  });
  const { items } = await office.ann.call('tasks.list', {
    workspaceId: office.workspaceId,
    scope: 'visible',
    limit: 100,
    timeZone: 'Pacific/Kiritimati',
  });
  const task = (title: string) => items.find((one) => one.title === title);
  const { items: labels } = await office.ann.call('labels.list', { workspaceId: office.workspaceId });
  const names = (ids: readonly string[] = []) =>
    labels
      .filter(({ id }) => ids.includes(id))
      .map(({ name }) => name)
      .sort();
  const paint = task('Paint the fence');
  expect(paint).toMatchObject({
    priority: 'high',
    dueOn: '2026-08-09',
    dueAt: null,
    category: 'Fence',
    description: 'Green',
    memberIds: [office.ben.userId],
    createdBy: office.ann.userId,
  });
  expect(names(paint?.labelIds)).toEqual(['garden', 'weekend']);
  expect(task('Child before its parent')?.parentId).toBeNull();
  expect(report.at(-1)?.notes).toEqual(['these columns are not imported: mood']);
  expect(report.find(({ notes }) => notes.some((note) => note.includes('Duration')))?.notes).toEqual([
    'is in the description: Deadline: 2026-09-01, Duration: 30 minute',
  ]);
  expect(task('Buy paint')).toMatchObject({
    description: 'Deadline: 2026-09-01\n\nDuration: 30 minute',
    parentId: paint?.id,
    priority: 'low',
    recurrence: { rule: 'FREQ=MONTHLY;BYMONTHDAY=31', from: 'completion' },
  });
  expect(task('Choose the colour')).toMatchObject({
    parentId: paint?.id,
    recurrence: { rule: 'FREQ=WEEKLY;BYDAY=MO' },
    description: 'Below: Buy paint',
  });
  expect(task('A title')).toMatchObject({
    description: 'of two lines\n\nDue: when it rains',
    priority: 'medium',
    dueOn: null,
  });
  expect(items.filter(({ title }) => title === 'Sell the mower').map(({ labelIds }) => names(labelIds))).toEqual([
    ['Later'],
    ['Later'],
  ]);
  expect(task('=HYPERLINK("http://x.example","y")')).toBeDefined();
  const { items: comments } = await office.ann.call('taskComments.list', { taskId: paint?.id ?? '' });
  expect(comments).toMatchObject([
    {
      content: 'Two coats, "at least"\nand sand it first',
      authorId: office.ben.userId,
      createdAt: '2026-03-01T10:00:00.000Z',
    },
  ]);
  const notes = report
    .filter((line) => line.notes.length > 0)
    .map(({ where, notes: said }) => `${where}: ${said.join('; ')}`);
  expect(notes).toEqual([
    expect.stringMatching(/^line 3: is indented/),
    expect.stringMatching(/^line 7: is in the description/),
    expect.stringMatching(/^line 8: .*one level/),
    expect.stringMatching(/^line 9: is due “when it rains”/),
    expect.stringMatching(/^line 15: is of the type idea/),
    expect.stringMatching(/^line 1: these columns/),
  ]);
  const again = await office.run('todoist', file, '--people', people);
  expect(again.counts).toMatchObject({ task: { created: 0, present: 8 }, comment: { created: 0, present: 2 } });
}, 180_000);

it('can read 4 as the highest priority', async () => {
  const file = await office.file(
    'Other.csv',
    'TYPE,CONTENT,PRIORITY,INDENT\ntask,Urgent here,4,1\ntask,Whenever,1,1\n',
  );
  await office.run('todoist', file, '--highest-priority', '4');
  const { items } = await office.ann.call('tasks.list', {
    workspaceId: office.workspaceId,
    scope: 'visible',
    category: 'Other',
  });
  expect(items.map(({ title, priority }) => [title, priority]).sort()).toEqual([
    ['Urgent here', 'high'],
    ['Whenever', 'low'],
  ]);
});

import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type ImportOffice, openImportOffice } from '../../test/office.ts';

let office: ImportOffice;
beforeAll(async () => {
  office = await openImportOffice();
}, 180_000);
afterAll(() => office?.close());

/** A handwritten detailed report in the format of Toggl Track, with Berlin times. */
const TOGGL = [
  'User,Email,Client,Project,Task,Description,Billable,Start date,Start time,End date,End time,Duration,Tags,Amount (EUR)',
  'Ann,ann@example.org,Acme,Website,Design,"Home page, first draft",Yes,2026-01-05,09:00:00,2026-01-05,10:30:00,01:30:00,"ux, draft",150.00',
  'Ann,ann@example.org,Acme,Website,,Standup,No,2026-01-05,10:30:00,2026-01-05,10:45:00,00:15:00,,',
  'Ann,ann@example.org,Acme,Website,,Standup,No,2026-01-05,10:30:00,2026-01-05,10:45:00,00:15:00,,',
  'New Person,new@example.org,,,,,Yes,2026-05-02,23:30:00,2026-05-03,02:00:00,02:30:00,,',
  'Ben,ben@example.org,,Nights,,Back to winter,Yes,2026-10-25,00:00:00,2026-10-26,00:00:00,25:00:00,,',
  'Ben,ben@example.org,,Nights,,Forward to summer,Yes,2026-03-29,01:40:00,2026-03-29,03:20:00,00:40:00,,',
  'Ben,ben@example.org,,Nights,,Nothing,Yes,2026-03-29,03:20:00,2026-03-29,03:20:00,00:00:00,,',
  'Ben,ben@example.org,,Nights,,Broken,Yes,2026-13-29,03:20:00,2026-03-29,03:20:00,00:10:00,,',
  '',
].join('\n');

/** The same for Clockify, with US date and time formats. */
const CLOCKIFY = [
  '"Project","Client","Description","Task","User","Group","Email","Tags","Billable","Start Date","Start Time","End Date","End Time","Duration (h)","Duration (decimal)","Billable Rate (USD)","Billable Amount (USD)","Date of creation"',
  '"Garden","","Weeding","","Ben","","ben@example.org","outside","No","04/05/2026","12:05:00 AM","04/05/2026","01:35:10 PM","13:30:10","13.50","0.00","0.00","04/05/2026"',
  '"Garden","","Weeding","Bed 2","Ben","","ben@example.org","","Yes","04/30/2026","02:44:33 PM","04/30/2026","03:19:30 PM","00:34:57","0.58","0.00","0.00","04/30/2026"',
].join('\n');

const entriesOf = async (title: string) => {
  const { items } = await office.ann.call('tasks.list', {
    workspaceId: office.workspaceId,
    scope: 'visible',
    limit: 100,
  });
  const task = items.find((one) => one.title === title);
  const entries = await office.ann.call('timeEntries.list', { taskId: task?.id ?? '' });
  return { task, entries: entries.items.toReversed() };
};

describe('tracked time of other products', () => {
  it('is imported from a report of Toggl Track', async () => {
    const file = await office.file('toggl.csv', TOGGL);
    const { counts, report } = await office.run('toggl', file);
    expect(counts).toMatchObject({
      person: { created: 3 },
      task: { created: 4 },
      time: { created: 6, 'left out': 1 },
      unreadable: { 'left out': 2 },
    });
    const design = await entriesOf('Design');
    expect(design.task).toMatchObject({
      category: 'Website',
      description: 'Client: Acme',
      memberIds: [office.ann.userId],
    });
    expect(design.entries).toMatchObject([
      {
        userId: office.ann.userId,
        startedAt: '2026-01-05T08:00:00.000Z',
        stoppedAt: '2026-01-05T09:30:00.000Z',
        note: 'Home page, first draft (ux, draft)',
        billable: true,
      },
    ]);
    expect((await entriesOf('Website')).entries.map(({ billable, durationMs }) => [billable, durationMs])).toEqual([
      [false, 900_000],
      [false, 900_000],
    ]);
    expect((await entriesOf('Nights')).entries.map(({ durationMs }) => (durationMs ?? 0) / 60_000).sort()).toEqual(
      [1_500, 40].sort(),
    );
    expect((await entriesOf('Time without a project')).entries).toHaveLength(1);
    expect(report.filter(({ outcome }) => outcome === 'left out').map(({ where, notes }) => [where, notes[0]])).toEqual(
      [
        ['line 8', expect.stringContaining('after startedAt')],
        ['line 9', expect.stringContaining('no time')],
        ['line 1', 'these columns are not imported: amount (eur)'],
      ],
    );
    expect((await office.run('toggl', file)).counts).toMatchObject({
      time: { created: 0, present: 6 },
      task: { present: 4 },
    });
  }, 180_000);

  it('is imported from a report of Clockify, in any date format', async () => {
    const file = await office.file('clockify.csv', CLOCKIFY);
    const { counts, report } = await office.run('clockify', file, '--time-zone', 'America/New_York');
    expect(counts).toMatchObject({ time: { created: 2, 'left out': 0 }, task: { created: 2 } });
    expect(report.at(-1)?.notes).toEqual([
      'these columns are not imported: billable rate (usd), billable amount (usd), date of creation',
    ]);
    expect((await entriesOf('Garden')).entries).toMatchObject([
      {
        startedAt: '2026-04-05T04:05:00.000Z',
        stoppedAt: '2026-04-05T17:35:10.000Z',
        note: 'Weeding (outside)',
        billable: false,
      },
    ]);
    expect((await entriesOf('Bed 2')).entries).toMatchObject([
      { startedAt: '2026-04-30T18:44:33.000Z', billable: true },
    ]);
  }, 180_000);

  it('is refused if dates are ambiguous, until the order is given', async () => {
    const file = await office.file('unclear.csv', CLOCKIFY.split('\n').slice(0, 2).join('\n'));
    const refused = await office.command('import', 'clockify', file, '--workspace', 'Garden');
    expect(refused).toMatchObject({ code: 65, stdout: '', stderr: expect.stringContaining('--dates') });
    const dry = await office.run('clockify', file, '--dates', 'dmy', '--dry-run');
    expect(dry.counts).toMatchObject({ time: { created: 1 } });
  });
});

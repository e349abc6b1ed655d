import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { zip } from '../files/test/zip.ts';
import { type ImportOffice, openImportOffice } from './test/office.ts';
import { ts } from './test/slack-export.ts';

let office: ImportOffice;
beforeAll(async () => {
  office = await openImportOffice();
}, 180_000);
afterAll(() => office?.close());

const MESSAGES = 130;
const json = JSON.stringify;

/** A channel with messages and a thread, by people who have no account yet. */
const archive = () =>
  zip({
    'users.json': json([
      { id: 'U0EVA', name: 'eva', profile: { real_name: 'Eva', email: 'eva@example.org' } },
      { id: 'U0FIN', name: 'fin', profile: { real_name: 'Fin', email: 'fin@example.org' } },
    ]),
    'channels.json': json([{ id: 'C0HAR', name: 'harbour', created: 1767225600, members: ['U0EVA', 'U0FIN'] }]),
    'harbour/2026-01-02.json': json(
      Array.from({ length: MESSAGES }, (_, number) => ({
        type: 'message',
        user: number % 2 === 0 ? 'U0EVA' : 'U0FIN',
        text: `message ${number}`,
        ts: ts(2, number),
        ...(number % 10 === 9 ? { thread_ts: ts(2, number - 9) } : {}),
      })),
    ),
  });

const contents = () =>
  office.query<{ content: string }>(
    "select content from message m join conversation c on c.id = m.conversation_id where c.name = 'harbour' order by seq",
  );

describe('an import that is interrupted', () => {
  it('resumes where it stopped, with the same result as without the interruption', async () => {
    const file = await office.file('harbour.zip', await archive());
    const importer = office.app.app.modules.flatMap(({ services }) => services?.importer ?? [])[0];
    let rows = 0;
    const interrupted = importer?.run({
      source: 'slack',
      file,
      workspace: 'Garden',
      isDry: false,
      addresses: new Map(),
      timeZone: 'UTC',
      dateOrder: undefined,
      highestPriority: 1,
      passphrase: undefined,
      async report() {
        rows += 1;
        if (rows === 80) throw new Error('The power went out.');
      },
      progress: () => undefined,
    });
    await expect(interrupted).rejects.toThrow('The power went out.');
    const before = await contents();
    expect(before.length).toBeGreaterThan(50);
    expect(before.length).toBeLessThan(MESSAGES);
    const { counts } = await office.run('slack', file);
    expect(counts.message).toEqual({ created: MESSAGES - before.length, present: before.length, 'left out': 0 });
    expect((await contents()).map(({ content }) => content)).toEqual(
      Array.from({ length: MESSAGES }, (_, number) => `message ${number}`),
    );
    const [unread] = await office.query<{ count: number }>(
      `select count(*)::int from conversation_member m join conversation c on c.id = m.conversation_id
       join stream_head s on s.name = 'conversation:' || c.id where c.name = 'harbour' and m.read_seq < s.seq - 60`,
    );
    expect(unread).toEqual({ count: 0 });
  }, 240_000);

  it('can run twice at once without writing anything twice', async () => {
    await office.query("delete from import_mapping where kind in ('message', 'conversation', 'manager', 'ended')");
    const file = await office.file('harbour.zip', await archive());
    const [one, other] = await Promise.all([office.run('slack', file), office.run('slack', file)]);
    expect(one.report.filter(({ outcome }) => outcome === 'left out')).toEqual([]);
    expect((one.counts.message?.created ?? 0) + (other.counts.message?.created ?? 0)).toBe(MESSAGES);
  }, 240_000);
});

describe('the command', () => {
  it('checks its arguments', async () => {
    const file = await office.file('harbour.zip', await archive());
    for (const args of [
      [],
      ['slack'],
      ['slack', file],
      ['jira', file, '--workspace', 'Garden'],
      ['slack', file, '--workspace', 'Garden', '--dates', 'dmy'],
    ]) {
      expect([args, (await office.command('import', ...args)).code]).toEqual([args, 64]);
    }
    expect(await office.command('import', 'slack', 'missing', '--workspace', 'Garden')).toMatchObject({ code: 66 });
    expect(await office.command('import', 'slack', file, '--workspace', 'Nowhere')).toMatchObject({
      code: 1,
      stderr: expect.stringContaining('Nowhere'),
    });
    const taken = await office.file('taken', '');
    expect(await office.command('import', 'slack', file, '--workspace', 'Garden', '--report', taken)).toMatchObject({
      code: 73,
    });
    const empty = await office.file('people.csv', 'a,b\n1,2\n');
    expect(await office.command('import', 'slack', file, '--workspace', 'Garden', '--people', empty)).toMatchObject({
      code: 65,
    });
    const { stdout } = await office.command('import', 'slack', '--help');
    expect(stdout).toMatch(/Usage: atrium import slack.*--dry-run/s);
  }, 180_000);

  it('prints what happened', async () => {
    const file = await office.file('harbour.zip', await archive());
    const { stdout } = await office.command('import', 'slack', file, '--workspace', 'Garden');
    expect(stdout).toContain(`messages: 0 created, ${MESSAGES} there before, 0 left out`);
  }, 180_000);

  it('gives nobody the messages of an address that they have not verified', async () => {
    const mallory = await office.app.person('Mallory', { verified: false });
    await office.query('update account set email = $2 where id = $1', [mallory.userId, 'gwen@example.org']);
    const file = await office.file(
      'claimed.zip',
      await zip({
        'users.json': json([{ id: 'U0GWE', name: 'gwen', profile: { real_name: 'Gwen', email: 'gwen@example.org' } }]),
        'channels.json': json([{ id: 'C0GWE', name: 'gwens', members: ['U0GWE'] }]),
        'gwens/2026-01-02.json': json([{ type: 'message', user: 'U0GWE', text: 'mine', ts: ts(2, 1) }]),
      }),
    );
    const { report } = await office.run('slack', file);
    expect(report[0]?.notes.join()).toContain('has not shown that they read mail there');
    const { items } = await mallory.call('conversations.list', {});
    expect(items.map(({ name }) => name)).not.toContain('gwens');
  }, 180_000);
});

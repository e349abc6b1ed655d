import { AxeBuilder } from '@axe-core/playwright';
import { expect, it } from 'vitest';
import { inBrowser } from '../people.ts';
import { see } from '../see.ts';

const RULES = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];

it('lets an administrator look after people, and shows what was done', async () => {
  await inBrowser(async ({ server, visit }) => {
    const root = await server.person('Ann Weber');
    const person = await server.person('Ben Koch');
    await server.person('Chiara Ito');
    const [ann, ben] = [await visit('Ann'), await visit('Ben')];
    await ann.signIn(root);
    await ben.signIn(person);

    // By keys alone, from the menu of the account.
    await ann.page.getByRole('button', { name: /^You:/ }).focus();
    await ann.page.keyboard.press('Enter');
    await ann.page.getByRole('menuitem', { name: 'Administration' }).waitFor();
    await ann.page.keyboard.type('Admin');
    await ann.page.keyboard.press('Enter');
    await see(ann.page.getByRole('heading', { name: 'Overview', level: 1 })).toBeVisible();
    await ann.page.getByRole('link', { name: 'People' }).click();
    await see(ann.page.getByRole('heading', { name: 'People', level: 1 })).toBeVisible();
    const people = ann.page.getByRole('list', { name: 'People' });
    await see(people.getByRole('listitem')).toHaveCount(3);
    await ann.page.getByLabel('Find by name, user name or e-mail').fill('koch');
    await see(people.getByRole('listitem')).toHaveCount(1);

    const act = async (item: string, button: string) => {
      await ann.page.getByRole('button', { name: 'What to do with Ben Koch' }).click();
      await ann.page.getByRole('menuitem', { name: item }).click();
      await ann.page.getByRole('alertdialog').getByRole('button', { name: button, exact: true }).click();
      await see(ann.page.getByRole('alertdialog')).toBeHidden();
    };
    ben.faults.expect(/401|403|400/);
    await act('Disable…', 'Disable');
    await see(people.getByText('Disabled')).toBeVisible();
    await see(ben.page.getByRole('dialog', { name: 'You are signed out' })).toBeVisible();
    await act('Enable…', 'Enable');
    await see(people.getByText('Disabled')).toBeHidden();
    await act('Make an administrator…', 'Make an administrator');
    await see(people.getByText('Administrator')).toBeVisible();

    await ann.page.getByRole('button', { name: 'What to do with Ben Koch' }).click();
    await ann.page.getByRole('menuitem', { name: 'In the audit log' }).click();
    const log = ann.page.getByRole('list', { name: 'Audit log' });
    await see(log.getByText('Account disabled')).toBeVisible();
    await see(log.getByText('Ann Weber, about Ben Koch').first()).toBeVisible();
    await ann.page.getByLabel('What', { exact: true }).selectOption('Role changed');
    await see(log.getByRole('listitem')).toHaveCount(1);
    const saved = ann.page.waitForEvent('download');
    await ann.page.getByRole('button', { name: 'Save as CSV' }).click();
    expect((await saved).suggestedFilename()).toMatch(/^audit-.*\.csv$/);
  });
}, 120_000);

it('decides who may come in, and sends failed mails again', async () => {
  await inBrowser(async ({ server, visit }) => {
    const root = await server.person('Ann Weber');
    await server.database.pool.query(`
      insert into mail (id, to_name, to_address, subject, text, html, state, attempts, error, useful_until, keeps_text)
      values (gen_random_uuid(), 'Ben', 'ben@example.org', 'You are invited to Garden', 'Text', '', 'failed', 9, 'Mailbox is full', now() + interval '1 day', true)
    `);
    const [ann, stranger] = [await visit('Ann'), await visit('Stranger')];
    await ann.signIn(root);
    await ann.page.goto(`${server.origin}/admin/settings`);
    await ann.page.getByRole('radio', { name: 'Nobody' }).check();
    await see(ann.page.getByRole('main').getByText('Saved')).toBeVisible();
    await stranger.page.goto(`${server.origin}/sign-up`);
    await see(stranger.page.getByLabel('Password')).toBeHidden();

    await ann.page.goto(`${server.origin}/admin/mail`);
    const mails = ann.page.getByRole('list', { name: 'Mails' });
    await see(mails.getByText('Mailbox is full')).toBeVisible();
    await ann.page.getByRole('button', { name: 'Send again to' }).click();
    await see(ann.page.getByText('No mail has failed')).toBeVisible();
  });
});

it('shows what goes on as it moves, and the last 24 hours', async () => {
  await inBrowser(async ({ server, visit }) => {
    const root = await server.person('Ann Weber');
    const person = await server.person('Ben Koch');
    await server.database.pool.query(`
      insert into counter_sample
      select date_trunc('hour', now()) - n * interval '5 minutes', 1, 40 + n % 7, 50, n % 20, 3, 9, 0, 5e7, 1e9
      from generate_series(1, 240) n where n not between 100 and 120
    `);
    const [ann, ben] = [await visit('Ann'), await visit('Ben')];
    await ann.signIn(root);
    await ann.page.goto(`${server.origin}/admin/overview`);
    const online = ann.page.getByRole('figure', { name: 'People online' });
    const now = online.getByRole('paragraph').first();
    await see(now).toHaveText('1');
    await see(online.getByText('at most 46 in 24 hours')).toBeVisible();
    await ben.signIn(person);
    await see(now).toHaveText('2');
    await online.getByText('As a table').focus();
    await ann.page.keyboard.press('Enter');
    await see(online.getByRole('row')).toHaveCount(21);
    await see(online.getByRole('row').last()).toContainText('46');
  });
});

it('finds workspaces and deletes one', async () => {
  await inBrowser(async ({ server, visit }) => {
    const root = await server.person('Ann Weber');
    const person = await server.person('Ben Koch');
    for (const name of ['Riverside Garden', 'Market Stall']) await person.call('workspaces.create', { name });
    const { page, signIn } = await visit('Ann');
    await signIn(root);
    await page.goto(`${server.origin}/admin/workspaces`);
    const list = page.getByRole('list', { name: 'Workspaces' });
    await see(list.getByRole('listitem')).toHaveCount(2);
    await see(list.getByText('of Ben Koch · 1 member').first()).toBeVisible();
    await list.getByRole('link', { name: 'Riverside Garden' }).click();
    await see(page.getByText('1 (Owner: 1)')).toBeVisible();
    await see(page.getByRole('list', { name: 'Members' }).getByText('Ben Koch')).toBeVisible();
    await page.getByRole('button', { name: 'All workspaces' }).click();
    await page.getByLabel('Find by name').fill('stall');
    await see(list.getByRole('listitem')).toHaveCount(1);
    await page.getByRole('button', { name: 'What to do with Market Stall' }).click();
    await page.getByRole('menuitem', { name: 'Delete…' }).click();
    await page.getByRole('alertdialog').getByRole('button', { name: 'Delete the workspace' }).click();
    await see(page.getByText('No workspace fits')).toBeVisible();
    await page.getByRole('button', { name: 'Clear filters' }).click();
    await see(list.getByRole('listitem')).toHaveCount(1);
    await page.getByLabel('Which').selectOption('Personal ones too');
    await see(list.getByText('Personal', { exact: true }).first()).toBeVisible();
  });
});

it('checks what usually goes wrong around a server', async () => {
  await inBrowser(async ({ server, visit }) => {
    const { page, signIn } = await visit('Ann');
    await signIn(await server.person('Ann Weber'));
    await page.goto(`${server.origin}/admin/checks`);
    const checks = page.getByRole('list', { name: 'Checks' });
    const of = (name: string) => checks.getByRole('listitem').filter({ has: page.getByText(name, { exact: true }) });
    await see(of('mail')).toContainText('In order');
    await see(of('migrations')).toContainText('In order');
    await see(of('socket')).toContainText('In order');
    await server.database.pool.query('delete from migration where id = (select max(id) from migration)');
    await page.getByRole('button', { name: 'Check again' }).press('Enter');
    await see(of('migrations')).toContainText('Look at this');
    await see(of('migrations')).toContainText('Start the server, or run "atrium migrate".');
  });
});

it('is not there for others', async () => {
  await inBrowser(async ({ server, visit }) => {
    await server.person('Ann Weber');
    const person = await server.person('Ben Koch');
    const { page, signIn } = await visit('Ben');
    await signIn(person);
    await page.goto(`${server.origin}/admin/users`);
    await see(page.getByText('It is for those who look after this instance.')).toBeVisible();
    await page.getByRole('button', { name: /^You:/ }).click();
    await page.getByRole('menuitem', { name: 'Account' }).waitFor();
    await see(page.getByRole('menuitem', { name: 'Administration' })).toHaveCount(0);
  });
});

it.each(['light', 'dark'] as const)(
  'keeps nobody out in the %s theme',
  async (colorScheme) => {
    await inBrowser(async ({ server, visit }) => {
      const root = await server.person('Ann Weber');
      await server.person('Ben Koch', { verified: false });
      await server.database.pool.query(`
      insert into mail (id, to_name, to_address, subject, text, html, state, attempts, error, useful_until, keeps_text)
      values (gen_random_uuid(), 'Ben', 'ben@example.org', 'You are invited', 'Text', '', 'failed', 9, 'Mailbox is full', now() + interval '1 day', true)
    `);
      const { page, signIn } = await visit('Ann', { colorScheme });
      await signIn(root);
      const { id: workspaceId } = await root.call('workspaces.create', { name: 'Garden' });
      const found: string[] = [];
      const parts = [
        ['/admin/overview', 'Messages in the last minute'],
        ['/admin/workspaces?show=all', 'nothing in it yet'],
        [`/admin/workspaces/${workspaceId}`, 'Messages in 28 days'],
        ['/admin/users', 'Ben Koch'],
        ['/admin/audit', 'Chrome, Linux'],
        ['/admin/mail', 'Mailbox is full'],
        ['/admin/checks', 'Check again'],
        ['/admin/settings', 'Invited people'],
      ] as const;
      for (const [path, text] of parts) {
        await page.goto(server.origin + path);
        await see(page.getByRole('main').getByText(text).first()).toBeVisible();
        const { violations } = await new AxeBuilder({ page }).withTags(RULES).analyze();
        found.push(...violations.flatMap(({ id, nodes }) => nodes.map(({ html }) => `${path} ${id}: ${html}`)));
      }
      expect(found).toEqual([]);
    });
  },
  120_000,
);

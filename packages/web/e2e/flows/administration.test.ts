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
      const found: string[] = [];
      const parts = [
        ['/admin/users', 'Ben Koch'],
        ['/admin/audit', 'Chrome, Linux'],
        ['/admin/mail', 'Mailbox is full'],
        ['/admin/settings', 'Whoever is invited'],
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

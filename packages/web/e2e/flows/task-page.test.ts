import { expect, it } from 'vitest';
import { garden } from '../garden.ts';
import { inBrowser } from '../people.ts';
import { see } from '../see.ts';

it('shows another person each change of a task at once: fields, members, sub-tasks, comments and the history', async () => {
  await inBrowser(async ({ server, visit }) => {
    const { people, workspaceId } = await garden(server, 'Ann Weber', 'Ben Koch');
    const [ann, ben] = people as [(typeof people)[0], (typeof people)[0]];
    const { id: taskId } = await ann.call('tasks.create', { workspaceId, title: 'Repot the trees' });
    const [one, other] = [await visit('Ann', { timezoneId: 'Europe/Berlin' }), await visit('Ben')];
    await one.signIn(ann);
    await other.signIn(ben);
    await one.page.goto(`${server.origin}/tasks/${taskId}`);
    await other.page.goto(`${server.origin}/tasks/${taskId}`);
    const field = (name: string) => ({
      one: one.page.getByRole('complementary', { name: 'Details' }).getByLabel(name, { exact: true }),
      other: other.page.getByRole('complementary', { name: 'Details' }).getByLabel(name, { exact: true }),
    });

    await field('Priority').one.selectOption('High');
    await see(field('Priority').other).toHaveValue('high');
    // The same in the order of day and month that the browser chose.
    await field('Due').one.focus();
    await one.page.keyboard.type('11112031');
    await see(field('Due').other).toHaveValue('2031-11-11');
    await see(field('Due').one).toHaveValue('2031-11-11');
    await see(one.page.getByText('The task was not changed')).toHaveCount(0);
    await field('Category').one.fill('Garden');
    await one.page.keyboard.press('Enter');
    await see(field('Category').other).toHaveValue('Garden');
    await field('Link').one.fill('seeds');
    await one.page.keyboard.press('Enter');
    await see(field('Link').one).toHaveAccessibleDescription('This is no web address');
    await field('Link').one.fill('example.org/soil');
    await one.page.keyboard.press('Enter');
    await see(other.page.getByRole('link', { name: 'Open the link' })).toHaveAttribute(
      'href',
      'https://example.org/soil',
    );
    await one.page.getByRole('button', { name: 'Add a label' }).focus();
    await one.page.keyboard.press('Enter');
    await one.page.getByRole('menuitem', { name: 'New label…' }).click();
    await one.page.getByRole('dialog', { name: 'New label' }).getByLabel('Name').fill('Winter');
    await one.page.keyboard.press('Enter');
    await see(other.page.getByRole('button', { name: 'Take off: Winter' })).toBeVisible();
    await other.page.getByRole('button', { name: 'Take off: Winter' }).click();
    await see(one.page.getByRole('button', { name: 'Take off: Winter' })).toHaveCount(0);
    await one.page.getByRole('button', { name: 'Add a label' }).click();
    await one.page.getByRole('menuitem', { name: 'Winter' }).click();
    await see(other.page.getByRole('button', { name: 'Take off: Winter' })).toBeVisible();

    await field('Repeats').one.selectOption('Every week');
    await see(field('Repeats').other).toHaveValue('FREQ=WEEKLY');

    await see(field('Visible to').other).toHaveCount(0);
    await field('Visible to').one.selectOption('Members only');
    await see(other.page.getByText('This task is not here')).toBeVisible();
    await field('Visible to').one.selectOption('Workspace');
    await see(field('Category').other).toHaveValue('Garden');

    await one.page.getByRole('button', { name: 'Assign somebody' }).focus();
    await one.page.keyboard.press('Enter');
    await one.page.getByRole('menuitem', { name: 'Ben Koch' }).click();
    await see(other.page.getByRole('button', { name: 'Take off: Ben Koch' })).toBeVisible();

    await one.page.getByLabel('Add a sub-task').fill('Buy clay pots');
    await one.page.keyboard.press('Enter');
    const pots = other.page.getByRole('list', { name: 'Sub-tasks' });
    await see(pots).toContainText('Buy clay pots');
    await other.page.getByRole('checkbox', { name: 'Done: Buy clay pots' }).check();
    await see(one.page.getByRole('heading', { name: 'Sub-tasks 1/1' })).toBeVisible();

    await other.page.getByRole('button', { name: 'Show the history' }).click();
    const { username } = await ben.call('users.me', {});
    await one.page.getByLabel('Comment', { exact: true }).fill(`@${username} which **soil**?`);
    await one.page.keyboard.press('Control+Enter');
    await see(one.page.getByLabel('Comment', { exact: true })).toHaveValue('');
    const comment = other.page.getByRole('article', { name: 'Comment by Ann Weber' });
    await see(comment).toContainText('which soil?');
    await see(comment.locator('strong', { hasText: 'soil' })).toBeVisible();
    await see(comment).toContainText('Ben Koch');
    await expect
      .poll(async () => (await ben.call('notifications.list', {})).items.map(({ title }) => title).join('\n'))
      .toMatch(/^You were mentioned in a comment$/m);

    await one.page.getByRole('button', { name: 'Edit: Title' }).click();
    await one.page.getByLabel('Title', { exact: true }).fill('Repot the lemon trees');
    await one.page.keyboard.press('Enter');
    await see(other.page.getByRole('heading', { name: 'Repot the lemon trees' })).toBeVisible();
    for (const change of ['title', 'priority', 'category', 'members']) {
      await see(other.page.getByRole('listitem').filter({ hasText: `Ann Weber changed the ${change}` })).toHaveCount(1);
    }
    await see(other.page.getByText('Ann Weber changed when it is due')).toHaveCount(1);
    await see(other.page.getByText('Ann Weber changed how it repeats')).toHaveCount(1);
    await see(other.page.getByText('changed it')).toHaveCount(0);

    // The next date stands in place of the completed one.
    await one.page.getByRole('checkbox', { name: 'Done: Repot the lemon trees' }).check();
    await see(other.page.getByRole('checkbox', { name: 'Open again: Repot the lemon trees' })).toBeChecked();
    const { items } = await ann.call('tasks.list', { workspaceId });
    expect(items.filter(({ title }) => title === 'Repot the lemon trees').map(({ dueOn }) => dueOn)).toContain(
      '2031-11-18',
    );
  });
});

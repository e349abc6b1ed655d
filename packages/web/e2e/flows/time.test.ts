import { expect, it } from 'vitest';
import { inBrowser } from '../people.ts';
import { see } from '../see.ts';

const HOUR_MS = 3_600_000;

it('enters and corrects time with a reason, and locks it', async () => {
  await inBrowser(async ({ server, visit }) => {
    const ann = await server.person('Ann Weber');
    const { id: workspaceId } = await ann.call('workspaces.create', { name: 'Garden' });
    const { id: taskId } = await ann.call('tasks.create', { workspaceId, title: 'Repot the trees' });
    const { page, signIn } = await visit('Ann');
    await signIn(ann);
    await page.getByRole('link', { name: 'Time' }).click();
    await see(page.getByRole('heading', { level: 1 })).toHaveText('Time');

    // The day before yesterday may lie in the week before: the page is opened at that day.
    const day = new Date(Date.now() - 48 * HOUR_MS).toISOString().slice(0, 10);
    await page.goto(`${server.origin}/w/${workspaceId}/time?from=${day}`);
    await page.getByRole('button', { name: 'Add time' }).click();
    const dialog = page.getByRole('dialog', { name: 'Add time' });
    await dialog.getByLabel('From').fill('09:00');
    await dialog.getByLabel('To').fill('10:30');
    await dialog.getByLabel('Reason').fill('Forgot to start it');
    await dialog.getByRole('button', { name: 'Add' }).click();
    await page.getByRole('button', { name: /^Repot the trees, .*: 1:30$/ }).click();

    const entries = page.getByRole('dialog', { name: 'Repot the trees' });
    await entries.getByRole('button', { name: /^Correct: / }).click();
    await entries.getByLabel('Time spent').fill('1:00');
    await entries.getByRole('button', { name: 'Correct', exact: true }).click();
    await see(entries.getByLabel('Reason')).toHaveAccessibleDescription('Please say why.');
    await entries.getByLabel('Reason').fill('A break');
    await page.keyboard.press('Enter');
    await see(entries.getByText('Ann Weber: A break')).toBeVisible();
    await page.keyboard.press('Escape');
    await see(page.getByRole('button', { name: /^Repot the trees, .*: 1:00$/ })).toBeVisible();
    expect((await ann.call('timers.total', { taskId })).totalElapsedMs).toBe(HOUR_MS);

    await page.getByRole('button', { name: 'Lock…' }).click();
    const locks = page.getByRole('dialog', { name: 'Locked periods' });
    await locks.getByLabel('From').fill(day);
    await locks.getByLabel('To').fill(day);
    await locks.getByRole('button', { name: 'Lock', exact: true }).click();
    await see(locks.getByRole('button', { name: /^Unlock / })).toBeVisible();
    await page.keyboard.press('Escape');
    await see(page.getByRole('columnheader', { name: /locked$/ })).toBeVisible();
  });
});

it('makes a task of a message, and shows it there as it is', async () => {
  await inBrowser(async ({ server, visit }) => {
    const ann = await server.person('Ann Weber');
    const ben = await server.person('Ben Okafor');
    const { id: workspaceId } = await ann.call('workspaces.create', { name: 'Garden' });
    const { code } = await ann.call('workspaces.joinCode', { workspaceId });
    await ben.call('workspaces.join', { code });
    const { page, signIn } = await visit('Ann');
    await signIn(ann);
    await page.getByRole('link', { name: /general/ }).click();
    const composer = page.getByRole('textbox', { name: /Message/ });
    await composer.fill('Repot the lemon trees');
    await composer.press('Enter');
    const message = page.getByRole('article').filter({ hasText: 'Repot the lemon trees' });
    await message.hover();
    await message.getByRole('button', { name: /^More/ }).click();
    await page.getByRole('menuitem', { name: 'Make a task' }).click();
    const chip = message.getByRole('link', { name: /^Task: Repot the lemon trees/ });
    await see(chip).toContainText('To do');
    const { items } = await ann.call('tasks.list', { workspaceId });
    await ann.call('tasks.update', { taskId: items[0]?.id ?? '', status: 'completed' });
    await see(chip).toContainText('Completed');

    // She sees Ben's task and is no member of it: its time runs in the message all the same.
    const { id: bens } = await ben.call('tasks.create', { workspaceId, title: 'Water the herbs' });
    await composer.fill(`See ${server.origin}/tasks/${bens}`);
    await composer.press('Enter');
    const other = page.getByRole('link', { name: /^Task: Water the herbs/ });
    await see(other).toBeVisible();
    await ben.call('timers.start', { taskId: bens });
    await see(other.getByRole('timer')).toHaveText(/^0:00:0[2-9]/);
    await ben.call('timers.stop', { taskId: bens });
    await see(other.getByRole('timer')).toHaveCount(0);
  });
});

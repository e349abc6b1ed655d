import { AxeBuilder } from '@axe-core/playwright';
import { expect, it } from 'vitest';
import { inBrowser } from '../people.ts';
import { see } from '../see.ts';

const TAGS = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];

it('shows what somebody completes while it is open, with goals, days off and pauses', async () => {
  await inBrowser(async ({ server, visit }) => {
    const ann = await server.person('Ann Weber');
    const { page, signIn } = await visit('Ann');
    await signIn(ann);
    await page.getByRole('link', { name: 'Progress' }).click();
    const title = page.getByRole('heading', { level: 1 });
    await see(title).toHaveText('No streak yet');

    for (const category of ['Greenhouse', 'Orders']) {
      const { id: taskId } = await ann.call('tasks.create', { title: 'Repot the trees', category });
      await ann.call('tasks.update', { taskId, status: 'completed' });
    }
    await see(title).toHaveText('1 day in a row');
    const map = page.getByRole('slider', { name: 'Completed tasks by day' });
    await see(map).toHaveAttribute('aria-valuetext', /: 2 tasks completed$/);
    await map.focus();
    await page.keyboard.press('ArrowLeft');
    await see(map).toHaveAttribute('aria-valuetext', /: nothing completed$/);
    await see(page.getByRole('list', { name: 'Tasks by category' })).toContainText('Greenhouse');
    const week = page.getByRole('figure', { name: 'Last 7 days' });
    await week.getByText('As a table').click();
    await see(week.getByRole('row').last()).toContainText('2');

    await page.getByRole('button', { name: 'Goals and days off' }).click();
    const dialog = page.getByRole('dialog', { name: 'Goals and days off' });
    await dialog.getByLabel('To').fill('2020-01-01');
    await dialog.getByRole('button', { name: 'Add a pause' }).click();
    await see(dialog.getByLabel('To')).toHaveAccessibleDescription(/./);
    await dialog.getByLabel('To').fill('2099-01-01');
    await dialog.getByRole('button', { name: 'Add a pause' }).click();
    await see(dialog.getByLabel('To')).toHaveAccessibleDescription(/./);
    await dialog.getByLabel('To').fill(new Date(Date.now() + 5 * 86_400_000).toISOString().slice(0, 10));
    await dialog.getByRole('button', { name: 'Add a pause' }).click();
    await see(dialog.getByRole('button', { name: /^End the pause / })).toBeVisible();
    await dialog.getByLabel('Tasks a day').fill('3');
    await dialog.getByLabel('Sun').check();
    await dialog.getByRole('button', { name: 'Save' }).click();
    await see(week.getByText('2 of 3 today')).toBeVisible();
    await see(page.getByText(/Paused until /)).toBeVisible();
    const { preferences } = await ann.call('analytics.get', {});
    expect(preferences).toMatchObject({ goals: { daily: 3, weekly: null }, daysOff: [7] });
  });
}, 120_000);

it.each(['light', 'dark'] as const)(
  'keeps to WCAG 2.2 AA in the %s theme, also where it is narrow',
  async (colorScheme) => {
    await inBrowser(async ({ server, visit }) => {
      const ann = await server.person('Ann Weber');
      const { id: taskId } = await ann.call('tasks.create', { title: 'Repot the trees', category: 'Greenhouse' });
      await ann.call('tasks.update', { taskId, status: 'completed' });
      await ann.call('analytics.setGoals', { daily: 3, weekly: null });
      const { page, signIn } = await visit('Ann', { colorScheme });
      await signIn(ann);
      for (const width of [1440, 390]) {
        await page.setViewportSize({ width, height: 900 });
        await page.goto(`${server.origin}/you`);
        await see(page.getByRole('slider')).toBeVisible();
        const { violations } = await new AxeBuilder({ page }).withTags(TAGS).analyze();
        expect(violations.flatMap(({ id, nodes }) => nodes.map(({ html }) => `${id}: ${html.slice(0, 200)}`))).toEqual(
          [],
        );
        const overflow = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
        expect(overflow).toBeLessThanOrEqual(0);
      }
    });
  },
  180_000,
);

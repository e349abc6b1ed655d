import type { Page } from '@playwright/test';
import { expect, it } from 'vitest';
import { inBrowser } from '../people.ts';
import { see } from '../see.ts';

/** The seconds that a page shows as the time of the task. */
async function secondsOn(page: Page): Promise<number> {
  const shown = await page.getByRole('region', { name: 'Timer', exact: true }).getByRole('timer').textContent();
  const [hours = 0, minutes = 0, seconds = 0] = (shown ?? '').split(':').map(Number);
  return hours * 3_600 + minutes * 60 + seconds;
}

it('lets two people time one task, and shows both the same total', async () => {
  await inBrowser(async ({ server, visit }) => {
    const [ann, ben] = [await server.person('Ann Weber'), await server.person('Ben Koch')];
    const { id: workspaceId } = await ann.call('workspaces.create', { name: 'Garden' });
    const { code } = await ann.call('workspaces.joinCode', { workspaceId });
    await ben.call('workspaces.join', { code });

    const [annAt, benAt] = [await visit('Ann'), await visit('Ben')];
    await annAt.signIn(ann);
    await benAt.signIn(ben);
    await annAt.page.goto(`${server.origin}/w/${workspaceId}/tasks`);
    await see(annAt.page.getByText('Nothing to do')).toBeVisible();
    await annAt.page.getByRole('button', { name: 'Add a task' }).click();
    await annAt.page.keyboard.type('Repot the lemon trees');
    await annAt.page.keyboard.press('Enter');
    await annAt.page.getByRole('link', { name: 'Repot the lemon trees' }).click();
    await annAt.page.getByRole('button', { name: 'Assign somebody' }).click();
    await annAt.page.getByRole('menuitem', { name: 'Ben Koch' }).click();

    // Ben finds it in his list without a reload, and opens it.
    await benAt.page.goto(`${server.origin}/w/${workspaceId}/tasks`);
    await benAt.page.getByRole('link', { name: 'Repot the lemon trees' }).click();
    await annAt.page.getByRole('button', { name: 'Start timer' }).click();
    await see(benAt.page.getByText('Ann Weber since')).toBeVisible();
    await benAt.page.getByRole('button', { name: 'Start timer' }).click();
    await see(annAt.page.getByText('Ben Koch since')).toBeVisible();
    await see(annAt.page.getByRole('region', { name: 'My timers' }).getByText('Repot the lemon trees')).toBeVisible();
    await expect.poll(() => secondsOn(annAt.page)).toBeGreaterThan(2);
    const [annSees, benSees] = await Promise.all([secondsOn(annAt.page), secondsOn(benAt.page)]);
    // Two timers run: in the second between two looks the total grows by two.
    expect(Math.abs(annSees - benSees)).toBeLessThanOrEqual(4);

    await annAt.page.getByRole('button', { name: 'Stop mine' }).click();
    await see(benAt.page.getByText('Ann Weber since')).toBeHidden();
    await see(annAt.page.getByRole('region', { name: 'My timers' })).toBeHidden();
    await benAt.page.reload();
    await see(benAt.page.getByText('You since')).toBeVisible();
    expect(await secondsOn(benAt.page)).toBeGreaterThanOrEqual(benSees);
    await annAt.page.getByRole('button', { name: 'Stop all' }).click();
    await see(benAt.page.getByRole('button', { name: 'Start timer' })).toBeVisible();
    const ended = await secondsOn(benAt.page);
    expect(await secondsOn(annAt.page)).toBe(ended);
    const { totalElapsedMs } = await ann.call('timers.total', { taskId: annAt.page.url().split('/').at(-1) ?? '' });
    expect(Math.floor(totalElapsedMs / 1_000)).toBe(ended);
  });
});

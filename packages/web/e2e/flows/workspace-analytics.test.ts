import { readFileSync } from 'node:fs';
import { AxeBuilder } from '@axe-core/playwright';
import { expect, it } from 'vitest';
import { garden } from '../garden.ts';
import { inBrowser } from '../people.ts';
import { see } from '../see.ts';
import type { Server } from '../server.ts';

const TAGS = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];

/** A workspace in which something was done. */
async function busyGarden(server: Server) {
  const { people, say, workspaceId } = await garden(server, 'Ann Weber', 'Ben Koch');
  const [ann, ben] = people as [(typeof people)[0], (typeof people)[0]];
  await say(ben, 'The greenhouse is warm');
  for (const category of ['Greenhouse', 'Orders']) {
    const { id: taskId } = await ann.call('tasks.create', {
      ...{ workspaceId, title: 'Repot the trees', category, memberIds: [ben.userId] },
    });
    // Short, because it has to be of today at any time of the day.
    const stoppedAt = new Date(Date.now() - 1_000).toISOString();
    const startedAt = new Date(Date.now() - 11_000).toISOString();
    const who = category === 'Orders' ? ann : ben;
    await who.call('timeEntries.add', { taskId, startedAt, stoppedAt, reason: 'By hand' });
    await ben.call('tasks.update', { taskId, status: 'completed' });
  }
  return { ann, ben, say, workspaceId };
}

it('shows those who run a workspace what is done in it, and saves it', async () => {
  await inBrowser(async ({ server, visit }) => {
    const { ann, ben, say, workspaceId } = await busyGarden(server);
    const { page, signIn } = await visit('Ann');
    await signIn(ann);
    await page.goto(`${server.origin}/w/${workspaceId}/settings/general`);
    await page.getByRole('link', { name: 'Analytics' }).click();
    await see(page.getByRole('heading', { name: 'Analytics', level: 1 })).toBeVisible();
    const messages = page.getByRole('figure', { name: 'Messages' });
    await see(messages.getByText('1', { exact: true }).first()).toBeVisible();
    await messages.getByText('As a table').click();
    await see(messages.getByRole('row').last()).toContainText('1');
    await see(page.getByRole('figure', { name: 'Active people' })).toContainText('2');
    await see(page.getByRole('figure', { name: 'Completed tasks' })).toContainText('2');
    await see(page.getByRole('list', { name: 'Tracked time by person' }).getByRole('listitem')).toHaveCount(2);
    await see(page.getByRole('list', { name: 'Tracked time by category' })).toContainText('Greenhouse');

    await say(ben, 'And the roof is open');
    await page.getByRole('button', { name: 'Refresh' }).click();
    await see(messages.getByRole('row').last()).toContainText('2');

    const saved = page.waitForEvent('download');
    await page.getByRole('button', { name: 'Save as CSV' }).click();
    const file = await saved;
    expect(file.suggestedFilename()).toMatch(/^analytics-days-.*\.csv$/);
    const lines = readFileSync(await file.path(), 'utf8')
      .trim()
      .split('\r\n');
    expect(lines).toHaveLength(31);
    expect(lines.at(-1)).toMatch(/,2,2,2,/);

    await page.getByText('1 year').click();
    await see(page.getByRole('radio', { name: '1 year' })).toBeChecked();
    expect(new URL(page.url()).searchParams.get('from')).toMatch(/^\d{4}-\d{2}-\d{2}$/);
    await page.getByLabel('To').fill('2026-01-31');
    await page.getByLabel('From').fill('2026-01-01');
    await see(page.getByText('Nothing was done on these days')).toBeVisible();

    const other = await visit('Ben');
    await other.signIn(ben);
    await other.page.goto(`${server.origin}/w/${workspaceId}/settings/general`);
    await see(other.page.getByRole('link', { name: 'People' })).toBeVisible();
    await see(other.page.getByRole('link', { name: 'Analytics' })).toHaveCount(0);
  });
}, 120_000);

it.each(['light', 'dark'] as const)(
  'keeps to WCAG 2.2 AA in the %s theme, also where it is narrow',
  async (colorScheme) => {
    await inBrowser(async ({ server, visit }) => {
      const { ann, workspaceId } = await busyGarden(server);
      const { page, signIn } = await visit('Ann', { colorScheme });
      await signIn(ann);
      for (const width of [1440, 820, 390]) {
        await page.setViewportSize({ width, height: 900 });
        await page.goto(`${server.origin}/w/${workspaceId}/settings/analytics`);
        await see(page.getByRole('figure', { name: 'Tracked time' })).toBeVisible();
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

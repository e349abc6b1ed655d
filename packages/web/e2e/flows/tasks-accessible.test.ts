import { AxeBuilder } from '@axe-core/playwright';
import type { Page } from '@playwright/test';
import { expect, it } from 'vitest';
import { inBrowser } from '../people.ts';
import { see } from '../see.ts';

const TAGS = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];

/** What axe finds on a page. */
async function violations(page: Page): Promise<string[]> {
  const { violations: found } = await new AxeBuilder({ page }).withTags(TAGS).analyze();
  return found.flatMap(({ id, nodes }) => nodes.map(({ html }) => `${page.url()} ${id}: ${html.slice(0, 200)}`));
}

it.each(['light', 'dark'] as const)(
  'the screens of tasks and times keep to WCAG 2.2 AA in the %s theme',
  async (colorScheme) => {
    await inBrowser(async ({ server, visit }) => {
      const ann = await server.person('Ann Weber');
      const { id: workspaceId } = await ann.call('workspaces.create', { name: 'Garden' });
      const title = 'Repot the lemon trees';
      const { id: taskId } = await ann.call('tasks.create', {
        workspaceId,
        title,
        category: 'Greenhouse',
        priority: 'high',
      });
      await ann.call('tasks.create', { workspaceId, title: 'Call the water board', dueOn: '2020-01-01' });
      await ann.call('tasks.create', { workspaceId, title: 'Order twine', status: 'completed' });
      await ann.call('timers.start', { taskId });
      const { page, signIn } = await visit('Ann', { colorScheme });
      await signIn(ann);
      const found: string[] = [];
      for (const path of [
        `/w/${workspaceId}/tasks`,
        `/w/${workspaceId}/tasks?view=board`,
        `/tasks/${taskId}`,
        `/w/${workspaceId}/time`,
        `/w/${workspaceId}/time?by=day`,
      ]) {
        await page.goto(server.origin + path);
        await see(page.locator('main').getByText(title).filter({ visible: true }).first()).toBeVisible();
        found.push(...(await violations(page)));
      }
      expect(found).toEqual([]);
    });
  },
);

import type { Page } from '@playwright/test';
import { expect, it } from 'vitest';
import { garden } from '../garden.ts';
import { inBrowser } from '../people.ts';
import { see } from '../see.ts';

const SCRIPT = `<img src="/nowhere" onerror="document.title='run'"><svg onload="document.title='run'">`;
const LINKS = 'javascript:document.title=1 [a](javascript:document.title=1) [b](data:text/html,x) <vbscript:x>';

/** Everything on the page that markup of people would have become. */
const madeOfMarkup = (page: Page) =>
  page.evaluate(() => ({
    elements: [...document.querySelectorAll('[onerror], [onload], img[src="/nowhere"], iframe, object, embed')].map(
      ({ outerHTML }) => outerHTML.slice(0, 100),
    ),
    links: [...document.querySelectorAll('a[href]')]
      .map((link) => link as HTMLAnchorElement)
      .filter(({ protocol, origin, rel }) =>
        /^https?:$/.test(protocol) ? origin !== location.origin && !rel.includes('noopener') : protocol !== 'mailto:',
      )
      .map(({ outerHTML }) => outerHTML.slice(0, 100)),
  }));

it('S34 shows markup in names, messages, tasks, products and files as text', async () => {
  await inBrowser(async ({ server, visit }) => {
    const place = await garden(server, 'Ann Weber', 'Ben Koch');
    const [owner, other] = place.people;
    if (!owner || !other) throw new Error('Two people');
    const { workspaceId } = place;
    await other.call('users.updateMe', { name: `Ben ${SCRIPT}`.slice(0, 80) });
    await owner.call('workspaces.update', { workspaceId, name: `Garden ${SCRIPT}`.slice(0, 80) });
    await place.say(other, `Said ${SCRIPT} ${LINKS} https://example.org/${SCRIPT}`);
    const task = await owner.call('tasks.create', {
      workspaceId,
      title: `Task ${SCRIPT}`,
      description: `Text ${SCRIPT} ${LINKS}`,
      category: SCRIPT.slice(0, 40),
    });
    await owner.call('taskComments.add', { taskId: task.id, content: `Comment ${SCRIPT} ${LINKS}` });
    await owner.call('products.create', {
      workspaceId,
      name: `Product ${SCRIPT}`,
      description: `Text ${SCRIPT} ${LINKS}`,
      price: 100,
      currency: 'EUR',
    });

    const { page, signIn } = await visit('Ann');
    await signIn(owner);
    const shown: [path: string, text: string][] = [
      [`/c/${place.channelId}`, 'Said <img'],
      [`/w/${workspaceId}/tasks`, 'Task <img'],
      [`/w/${workspaceId}/tasks?view=board`, 'Task <img'],
      [`/tasks/${task.id}`, 'Comment <img'],
      [`/w/${workspaceId}/settings/people`, 'Ben <img'],
      [`/w/${workspaceId}/settings/general`, 'Garden <img'],
      [`/w/${workspaceId}/desk/products`, 'Product <img'],
      ['/search?q=said', '<img'],
      ['/admin/users', 'Ben <img'],
      ['/admin/workspaces', 'Garden <img'],
    ];
    for (const [path, text] of shown) {
      await page.goto(server.origin + path);
      await see(
        page
          .getByText(text)
          .or(page.locator(`input[value*="${text}"]`))
          .first(),
      ).toBeVisible();
      expect([path, await madeOfMarkup(page)]).toEqual([path, { elements: [], links: [] }]);
      expect(await page.title()).not.toMatch(/^(run|1)$/);
    }
  });
}, 120_000);

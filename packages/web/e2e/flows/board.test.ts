import type { Page } from '@playwright/test';
import { expect, it } from 'vitest';
import { inBrowser } from '../people.ts';
import { see } from '../see.ts';

const card = (page: Page, title: string) => page.getByRole('listitem', { name: title, exact: true });
const titles = (page: Page, column: string) =>
  page
    .getByRole('region', { name: column })
    .locator('[data-card]')
    .evaluateAll((cards) => cards.map((each) => each.getAttribute('aria-label')));
/** What a screen reader is told. */
const spoken = (page: Page) => page.locator('[aria-live=polite]').allTextContents();

/** Drags a card to the upper or the lower half of another one. */
async function drag(page: Page, title: string, target: string, half: 'upper' | 'lower'): Promise<void> {
  await card(page, title).hover();
  await page.mouse.down();
  const box = await card(page, target).boundingBox();
  if (!box) throw new Error(`${target} is not in sight`);
  const y = box.y + box.height * (half === 'upper' ? 0.2 : 0.8);
  await page.mouse.move(box.x + box.width / 2, y - 4, { steps: 5 });
  await page.mouse.move(box.x + box.width / 2, y, { steps: 2 });
  await page.mouse.up();
}

it('moves cards by dragging, by keys and by the menu, on the screens of two people', async () => {
  await inBrowser(async ({ server, visit }) => {
    const [ann, ben] = [await server.person('Ann Weber'), await server.person('Ben Koch')];
    const { id: workspaceId } = await ann.call('workspaces.create', { name: 'Garden' });
    const { code } = await ann.call('workspaces.joinCode', { workspaceId });
    await ben.call('workspaces.join', { code });
    for (const title of ['Repot the trees', 'Order twine', 'Mix soil']) {
      await ann.call('tasks.create', { workspaceId, title });
    }
    const { id: goingId } = await ann.call('tasks.create', { workspaceId, title: 'Price list', status: 'in-progress' });
    const [annAt, benAt] = [await visit('Ann'), await visit('Ben')];
    await annAt.signIn(ann);
    await benAt.signIn(ben);
    await annAt.page.goto(`${server.origin}/w/${workspaceId}/tasks?scope=visible`);
    await annAt.page.getByRole('radiogroup', { name: 'View' }).getByText('Board').click();
    await benAt.page.goto(`${server.origin}/w/${workspaceId}/tasks?view=board&scope=visible`);
    await see(card(benAt.page, 'Mix soil')).toBeVisible();
    expect(await titles(annAt.page, 'To do')).toEqual(await titles(benAt.page, 'To do'));

    // Ann drags; Ben sees it without a reload.
    await drag(annAt.page, 'Order twine', 'Price list', 'upper');
    await expect.poll(() => titles(annAt.page, 'In progress')).toEqual(['Order twine', 'Price list']);
    await expect.poll(() => titles(benAt.page, 'In progress')).toEqual(['Order twine', 'Price list']);
    expect(await spoken(annAt.page)).toContain('Order twine, in In progress, 1 of 2');

    // Ben moves by keys; the focus stays on the card, and Ann sees it.
    await card(benAt.page, 'Order twine').focus();
    await benAt.page.keyboard.press('Shift+ArrowDown');
    await expect.poll(() => titles(annAt.page, 'In progress')).toEqual(['Price list', 'Order twine']);
    await see(card(benAt.page, 'Order twine')).toBeFocused();
    await benAt.page.keyboard.press(']');
    await see(card(benAt.page, 'Order twine')).toBeFocused();
    await expect.poll(() => titles(annAt.page, 'Completed')).toEqual(['Order twine']);
    await benAt.page.keyboard.press('ArrowLeft');
    await see(card(benAt.page, 'Price list')).toBeFocused();
    await benAt.page.keyboard.press('m');
    await benAt.page.getByRole('menuitemradio', { name: 'To do' }).click();
    await see(card(benAt.page, 'Price list')).toBeFocused();
    await expect.poll(async () => (await titles(annAt.page, 'To do'))[0]).toBe('Price list');
    expect((await ann.call('tasks.get', { taskId: goingId })).status).toBe('todo');

    // A card that somebody deletes leaves the focus on its neighbour.
    await card(benAt.page, 'Price list').focus();
    await ann.call('tasks.delete', { taskId: goingId });
    await see(card(benAt.page, 'Price list')).toBeHidden();
    await expect.poll(() => benAt.page.evaluate(() => document.activeElement?.hasAttribute('data-card'))).toBe(true);
    // Nothing was reported as failed, though the list was open before, of which pages are cached.
    await see(annAt.page.getByText('was not moved')).toHaveCount(0);
    await annAt.page.reload();
    await see(card(annAt.page, 'Mix soil')).toBeVisible();
    expect(await titles(annAt.page, 'Completed')).toEqual(['Order twine']);
  });
});

import { AxeBuilder } from '@axe-core/playwright';
import type { Page } from '@playwright/test';
import { expect, it } from 'vitest';
import { garden } from '../garden.ts';
import { inBrowser } from '../people.ts';
import { see } from '../see.ts';

const RULES = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];

/** What axe finds on a page, in words. */
async function violations(page: Page): Promise<string[]> {
  const { violations: found } = await new AxeBuilder({ page }).withTags(RULES).analyze();
  return found.flatMap(({ id, nodes }) => nodes.map(({ html }) => `${id}: ${html}`));
}

it('keeps the cart of a stranger, takes the order of a customer and shows them what becomes of it', async () => {
  await inBrowser(async ({ server, visit }) => {
    const { people, workspaceId } = await garden(server, 'Ann Weber');
    const ann = people[0] as (typeof people)[0];
    const make = (name: string, price: number, stock: number) =>
      ann.call('products.create', { workspaceId, name, price, currency: 'EUR', stock });
    const twine = await make('Twine', 320, 2);
    await make('Seed potatoes', 490, 9);
    await ann.call('shops.update', { workspaceId, public: true });

    const { faults, page } = await visit('Hana', { viewport: { width: 390, height: 844 } });
    faults.expect(/409/);
    await page.goto(`${server.origin}/shop/${workspaceId}`);
    await page.getByRole('button', { name: 'Put Twine into the cart' }).click();
    await page.getByRole('button', { name: 'Put Twine into the cart' }).press('Enter');
    await page.getByRole('link', { name: 'Seed potatoes' }).click();
    await page.getByRole('button', { name: 'Put into the cart' }).click();
    await page.getByRole('link', { name: 'Cart: 3' }).click();
    await see(page.getByText('€11.30')).toBeVisible();
    await page.getByLabel('Note').fill('Please ring twice');
    expect(await violations(page)).toEqual([]);

    await page.getByRole('main').getByRole('link', { name: 'Create account' }).click();
    await page.getByLabel('Name').fill('Hana Sato');
    await page.getByLabel('E-mail').fill('hana@example.org');
    await page.getByLabel('Password', { exact: true }).fill('the heron flew away');
    await page.getByRole('button', { name: 'Create account' }).click();
    await see(page.getByText('€11.30')).toBeVisible();
    await see(page.getByLabel('Note')).toHaveValue('Please ring twice');

    // Meanwhile one of two pieces is lost, and the other product costs more.
    await ann.call('products.moveStock', { productId: twine.id, change: -1, reason: 'loss' });
    await page.getByRole('button', { name: 'Place order' }).click();
    await see(page.getByText('Only 1 left.')).toBeVisible();
    const potatoes = (await ann.call('products.list', { workspaceId })).items.find(({ name }) => name !== 'Twine');
    await ann.call('products.update', { productId: potatoes?.id ?? '', price: 500 });
    await page.getByRole('button', { name: 'Set to 1' }).click();
    await page.getByRole('button', { name: 'Place order' }).click();
    await see(page.getByText('It costs €5.00 now.')).toBeVisible();
    expect((await ann.call('orders.list', { workspaceId })).items).toEqual([]);
    await page.getByRole('button', { name: 'Accept the new price' }).click();
    await page.getByRole('button', { name: 'Place order' }).click();
    await see(page.getByRole('heading', { name: 'Order 1', level: 1 })).toBeVisible();
    await see(page.getByText('Please ring twice')).toBeVisible();
    await see(page.getByRole('button', { name: 'Conversation' })).toBeVisible();
    await see(page.getByRole('button', { name: 'Cancel order' })).toBeVisible();

    // At the desk, by keys alone; the customer sees it live.
    const boss = await visit('Ann');
    await boss.signIn(ann);
    await boss.page.getByRole('link', { name: 'Desk' }).click();
    const card = boss.page.getByRole('listitem', { name: 'Order 1, Hana Sato' });
    await card.focus();
    await boss.page.keyboard.press(']');
    await see(boss.page.getByRole('list', { name: 'Processing' }).getByText('Taken by you')).toBeVisible();
    await see(page.locator('[aria-current=step]')).toHaveText('Processing');
    await see(page.getByRole('button', { name: 'Cancel order' })).toHaveCount(0);
    await see(boss.page.getByRole('list', { name: 'Revenue by day' }).getByText('€8.20')).toBeVisible();
    await see(boss.page.getByRole('paragraph').filter({ hasText: 'Hana Sato' })).toBeVisible();
    expect(await violations(boss.page)).toEqual([]);

    await card.focus();
    await boss.page.keyboard.press('Enter');
    await boss.page.getByLabel('Note').fill('With the morning post');
    await boss.page.getByRole('button', { name: 'Mark as shipped' }).click();
    await see(page.locator('[aria-current=step]')).toHaveText('Shipped');
    await see(page.getByText('With the morning post')).toBeVisible();
    expect(await violations(boss.page)).toEqual([]);
    await page.getByRole('button', { name: 'All orders' }).click();
    const mine = page.getByRole('list', { name: 'My orders' });
    await see(mine.getByText('Shipped')).toBeVisible();
    expect(await violations(page)).toEqual([]);
    await boss.page.getByRole('button', { name: 'Mark as delivered' }).click();
    await see(mine.getByText('Delivered')).toBeVisible();
  });
}, 180_000);

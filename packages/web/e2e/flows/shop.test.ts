import { readFile } from 'node:fs/promises';
import { AxeBuilder } from '@axe-core/playwright';
import { expect, it } from 'vitest';
import { garden } from '../garden.ts';
import { inBrowser } from '../people.ts';
import { see } from '../see.ts';

const RULES = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];

it('puts a product into the shop that strangers see, and one of them becomes a customer', async () => {
  await inBrowser(async ({ server, visit }) => {
    const { people, workspaceId } = await garden(server, 'Ann Weber', 'Ben Koch');
    const [root] = people as [(typeof people)[0]];
    const [ann, stranger] = [await visit('Ann'), await visit('Stranger', { viewport: { width: 390, height: 844 } })];
    stranger.faults.expect(/404/);
    await stranger.page.goto(`${server.origin}/shop/${workspaceId}`);
    await see(stranger.page.getByText('There is nothing here for you')).toBeVisible();

    await ann.signIn(root);
    await ann.page.getByRole('link', { name: 'Products' }).click();
    await see(ann.page.getByText('Nothing to sell yet')).toBeVisible();
    await ann.page.getByRole('button', { name: 'More', exact: true }).click();
    await ann.page.getByRole('menuitem', { name: 'Shop settings…' }).click();
    await ann.page.getByLabel('Open to everybody').check();
    await ann.page.getByLabel('Introduction').fill('What grows here.');
    await ann.page.getByRole('button', { name: 'Save' }).click();
    await see(ann.page.getByText('The shop is open to everybody.')).toBeVisible();

    // By keys alone.
    await ann.page.getByRole('button', { name: 'New product' }).focus();
    await ann.page.keyboard.press('Enter');
    await ann.page.getByLabel('Name').fill('Seed potatoes');
    await ann.page.getByLabel('Price').fill('4,905');
    await ann.page.getByLabel('Price').press('Enter');
    await see(ann.page.getByText(/no more digits than the currency has/)).toBeVisible();
    await ann.page.getByLabel('Price').fill('4,90');
    await ann.page.getByLabel('In stock').fill('7');
    await ann.page.getByLabel('Price').press('Enter');
    await see(ann.page.getByRole('heading', { name: 'Seed potatoes', level: 1 })).toBeVisible();
    const movements = ann.page.getByRole('list', { name: 'Movements' });
    await see(movements.getByRole('listitem')).toHaveCount(1);
    await ann.page.getByLabel('What happened').selectOption('Lost or broken');
    await ann.page.getByLabel('How many').fill('9');
    await ann.page.getByLabel('How many').press('Enter');
    await see(ann.page.getByText('There is not enough in stock.')).toBeVisible();
    await ann.page.getByLabel('How many').fill('4');
    await ann.page.getByLabel('How many').press('Enter');
    await see(movements.getByRole('listitem')).toHaveCount(2);
    await see(movements.getByText('3 afterwards')).toBeVisible();

    await stranger.page.reload();
    await see(stranger.page.getByText('What grows here.')).toBeVisible();
    await stranger.page.getByRole('link', { name: 'Seed potatoes' }).click();
    await see(stranger.page.getByText('€4.90')).toBeVisible();
    await see(stranger.page.getByText('3 left')).toBeVisible();
    await stranger.page.getByRole('link', { name: 'Create account' }).click();
    await stranger.page.getByLabel('Name').fill('Hana Sato');
    await stranger.page.getByLabel('E-mail').fill('hana@example.org');
    await stranger.page.getByLabel('Password', { exact: true }).fill('the heron flew away');
    await stranger.page.getByRole('button', { name: 'Create account' }).click();
    await stranger.page.getByRole('button', { name: 'Become a customer' }).click();
    await see(stranger.page.getByRole('link', { name: 'To the workspace' })).toBeVisible();

    await ann.page.getByLabel('How many').fill('3');
    await ann.page.getByLabel('What happened').selectOption('Lost or broken');
    await ann.page.getByLabel('How many').press('Enter');
    await see(movements.getByText('0 afterwards')).toBeVisible();
    await stranger.page.reload();
    await see(stranger.page.getByText('Sold out')).toBeVisible();
    await ann.page.getByLabel('In the shop').uncheck();
    await ann.page.getByRole('button', { name: 'Save' }).click();
    await expect.poll(async () => (await root.call('products.list', { workspaceId })).items[0]?.active).toBe(false);
    await stranger.page.reload();
    await see(stranger.page.getByText('There is nothing here for you')).toBeVisible();
  });
}, 120_000);

it('looks at a table before it is imported, and gives it back', async () => {
  await inBrowser(async ({ server, visit }) => {
    const { people, workspaceId } = await garden(server, 'Ann Weber');
    const { page, signIn } = await visit('Ann');
    await signIn(people[0] as (typeof people)[0]);
    await page.goto(`${server.origin}/w/${workspaceId}/desk/products/import`);
    await page
      .getByLabel('Table as CSV')
      .fill('name,price,currency,stock\nTwine,3.20,EUR,12\nFleece,8,EUR,4\nBroken,cheap,EUR,1');
    await page.getByRole('button', { name: 'Look what would happen' }).click();
    await see(page.getByText('It would be: 2 new products · 0 changed · 0 as they are · 1 faulty line')).toBeVisible();
    await see(page.getByRole('list', { name: 'Faulty lines' }).getByText('Line 4')).toBeVisible();
    expect((await people[0]?.call('products.list', { workspaceId }))?.items).toEqual([]);
    await page.getByLabel('Leave the faulty lines out').check();
    await page.getByRole('button', { name: 'Import', exact: true }).click();
    await see(page.getByText(/^Imported: 2 new products/)).toBeVisible();
    const saved = page.waitForEvent('download');
    await page.getByRole('button', { name: 'Save as CSV' }).click();
    const csv = await readFile(await (await saved).path(), 'utf8');
    expect(csv.trim().split(/\r?\n/)).toHaveLength(3);
    expect(csv).toContain('Twine');
    await page.getByRole('button', { name: 'All products' }).click();
    await see(page.getByRole('list', { name: 'Products' }).getByRole('listitem')).toHaveCount(2);
  });
}, 120_000);

it.each(['light', 'dark'] as const)(
  'keeps nobody out in the %s theme',
  async (colorScheme) => {
    await inBrowser(async ({ server, visit }) => {
      const { people, workspaceId } = await garden(server, 'Ann Weber');
      const ann = people[0] as (typeof people)[0];
      const make = (name: string, stock: number) =>
        ann.call('products.create', { workspaceId, name, price: 490, currency: 'EUR', stock, description: 'Early' });
      await make('Twine', 1);
      await make('Fleece', 0);
      const { id } = await make('Seed potatoes', 50);
      await ann.call('shops.update', { workspaceId, public: true, introduction: 'What grows here.' });
      const desk = `/w/${workspaceId}/desk/products`;
      const stranger = await visit('Stranger', { colorScheme });
      const boss = await visit('Ann', { colorScheme });
      await boss.signIn(ann);
      const found: string[] = [];
      const look = async (page: typeof boss.page, path: string, text: string) => {
        await page.goto(server.origin + path);
        await see(page.getByText(text).first()).toBeVisible();
        const { violations } = await new AxeBuilder({ page }).withTags(RULES).analyze();
        found.push(...violations.flatMap(({ id: rule, nodes }) => nodes.map(({ html }) => `${path} ${rule}: ${html}`)));
      };
      await look(stranger.page, `/shop/${workspaceId}`, 'Seed potatoes');
      await look(stranger.page, `/shop/${workspaceId}/${id}`, 'Early');
      await look(boss.page, desk, 'Seed potatoes');
      await look(boss.page, `${desk}/${id}`, 'First count');
      await look(boss.page, `${desk}/new`, 'Currency');
      await look(boss.page, `${desk}/import`, 'Table as CSV');
      expect(found).toEqual([]);
    });
  },
  120_000,
);

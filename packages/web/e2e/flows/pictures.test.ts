import { AxeBuilder } from '@axe-core/playwright';
import type { Page } from '@playwright/test';
import { expect, it } from 'vitest';
import { garden } from '../garden.ts';
import { inBrowser } from '../people.ts';
import { chosenFile, drawnPicture } from '../pictures.ts';
import { see } from '../see.ts';

const RULES = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];

async function violations(page: Page): Promise<string[]> {
  const found = await new AxeBuilder({ page }).withTags(RULES).analyze();
  return found.violations.flatMap(({ id, nodes }) => nodes.map(({ html }) => `${id}: ${html.slice(0, 200)}`));
}

const overflow = (page: Page) =>
  page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);

/** Pictures on the page that are drawn. */
const drawn = (page: Page, part: string) =>
  page
    .locator(`img[src*="/attachments/"][src*="${part}"]`)
    .evaluateAll(
      (images) => images.filter((image) => image instanceof HTMLImageElement && image.naturalWidth > 0).length,
    );

/** How far things have moved by themselves since the page was opened; 0: nothing has. */
const shifts = (page: Page) =>
  page.evaluate(
    () =>
      new Promise<number>((resolve) => {
        let sum = 0;
        new PerformanceObserver((list) => {
          for (const entry of list.getEntries()) sum += (entry as PerformanceEntry & { value: number }).value;
        }).observe({ type: 'layout-shift', buffered: true });
        setTimeout(() => resolve(sum), 300);
      }),
  );

it('shows somebody by a picture wherever people are drawn, until it is removed', async () => {
  await inBrowser(async ({ server, visit }) => {
    const place = await garden(server, 'Ann Weber', 'Ben Koch');
    const [annPerson, benPerson] = place.people;
    if (!annPerson || !benPerson) throw new Error('two people are needed');
    const ann = await visit('Ann', { viewport: { width: 390, height: 844 } });
    const ben = await visit('Ben', { colorScheme: 'dark' });
    await Promise.all([ann.signIn(annPerson), ben.signIn(benPerson)]);
    await place.say(annPerson, 'The beds are dug');
    await ben.page.goto(`${server.origin}/c/${place.channelId}`);
    await see(ben.page.getByText('The beds are dug').first()).toBeVisible();

    await ann.page.goto(`${server.origin}/account/profile`);
    const part = ann.page.getByRole('region', { name: 'Picture' });
    ann.faults.expect(/400/);
    await part.locator('input[type=file]').setInputFiles(chosenFile('me.png', 'image/png', Buffer.from('no picture')));
    await see(part.getByRole('alert')).toContainText('This type of file is not accepted');
    await part.locator('input[type=file]').setInputFiles(await drawnPicture(ann.page, 'me.png'));
    await see(part.getByText('Your picture is saved')).toBeVisible();
    await expect.poll(() => drawn(ann.page, 'thumbnail')).toBeGreaterThan(0);
    expect(await violations(ann.page)).toEqual([]);
    expect(await overflow(ann.page)).toBe(0);

    await expect.poll(() => drawn(ben.page, 'thumbnail')).toBeGreaterThan(0);
    await ben.page.goto(`${server.origin}/w/${place.workspaceId}/settings/people`);
    await expect.poll(() => drawn(ben.page, 'thumbnail')).toBeGreaterThan(0);

    await part.getByRole('button', { name: 'Remove picture' }).focus();
    await ann.page.keyboard.press('Enter');
    await see(part.getByText('Your picture is removed')).toBeVisible();
    await see(part.getByRole('button', { name: 'Upload a picture' })).toBeVisible();
    await expect.poll(() => ben.page.locator('img[src*="/attachments/"]').count()).toBe(0);
  });
}, 120_000);

it('gives a product pictures, which strangers see in a public shop without a jump', async () => {
  await inBrowser(async ({ server, visit }) => {
    const { people, workspaceId } = await garden(server, 'Ann Weber');
    const [annPerson] = people;
    if (!annPerson) throw new Error('somebody is needed');
    await annPerson.call('shops.update', { workspaceId, public: true });
    const { page, signIn } = await visit('Ann');
    await signIn(annPerson);
    await page.goto(`${server.origin}/w/${workspaceId}/desk/products/new`);
    await page.getByLabel('Name').fill('Seed potatoes');
    await page.getByLabel('Price').fill('4.90');
    const part = page.getByRole('group', { name: 'Pictures' });
    const [field, more] = [part.locator('input[type=file]'), { width: 400, height: 700, colour: '#a64e20' }];
    await field.setInputFiles([await drawnPicture(page, 'one.png'), await drawnPicture(page, 'two.png', more)]);
    await see(part.getByRole('listitem')).toHaveCount(2);
    await part.getByLabel('What picture 1 shows').fill('A sack');
    await part.getByLabel('What picture 2 shows').fill('One of them');
    await part.getByRole('button', { name: 'Move picture 2 up' }).focus();
    await page.keyboard.press('Enter');
    await see(part.getByLabel('What picture 1 shows')).toHaveValue('One of them');
    expect(await violations(page)).toEqual([]);
    await page.getByRole('button', { name: 'Add product' }).click();
    await see(page.getByRole('heading', { name: 'Seed potatoes', level: 1 })).toBeVisible();
    await see(part.getByLabel('What picture 2 shows')).toHaveValue('A sack');
    const { items } = await annPerson.call('products.list', { workspaceId });
    expect(items[0]?.images.map(({ alt, image }) => [alt, image?.width, image?.height])).toEqual([
      ['One of them', 400, 700],
      ['A sack', 640, 400],
    ]);
    const productId = items[0]?.id ?? '';

    for (const [colorScheme, width] of [
      ['light', 390],
      ['dark', 1440],
    ] as const) {
      const stranger = await visit('Stranger', { colorScheme, viewport: { width, height: 844 } });
      await stranger.page.goto(`${server.origin}/shop/${workspaceId}`);
      await see(stranger.page.getByRole('img', { name: 'One of them' })).toBeVisible();
      await expect.poll(() => drawn(stranger.page, 'thumbnail')).toBe(1);
      expect(await violations(stranger.page)).toEqual([]);
      await stranger.page.goto(`${server.origin}/shop/${workspaceId}/${productId}`);
      await expect.poll(() => drawn(stranger.page, '/content')).toBe(3);
      expect(await shifts(stranger.page)).toBeLessThan(0.01);
      const choices = stranger.page.getByRole('list', { name: 'Pictures' });
      const large = await stranger.page.getByRole('img', { name: 'One of them' }).boundingBox();
      expect((await choices.boundingBox())?.y).toBeGreaterThanOrEqual((large?.y ?? 0) + (large?.height ?? 0));
      await choices.getByRole('button', { name: 'A sack' }).focus();
      await stranger.page.keyboard.press('Enter');
      await see(stranger.page.getByRole('img', { name: 'A sack' })).toBeVisible();
      expect(await violations(stranger.page)).toEqual([]);
      expect(await overflow(stranger.page)).toBe(0);
    }

    await part.getByRole('button', { name: 'Remove picture 1' }).click();
    await page.getByRole('button', { name: 'Save' }).click();
    await expect
      .poll(async () => (await annPerson.call('products.get', { productId })).images.map(({ alt }) => alt))
      .toEqual(['A sack']);
  });
}, 120_000);

import { AxeBuilder } from '@axe-core/playwright';
import type { Page } from '@playwright/test';
import { expect, it } from 'vitest';
import { startReceiver } from '../../../server/src/modules/webhook-endpoints/test/receiver.ts';
import { allowedMs } from '../../../server/test/faults/harness/run-length.ts';
import { until } from '../../../server/test/faults/harness/until.ts';
import { garden } from '../garden.ts';
import { inBrowser } from '../people.ts';
import { see } from '../see.ts';

const TAGS = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];

/** Looks at a page as it is now, in both themes and where it is narrow. */
async function expectAccessible(page: Page): Promise<void> {
  for (const [colorScheme, width] of [
    ['light', 1440],
    ['dark', 390],
  ] as const) {
    await page.setViewportSize({ width, height: 900 });
    await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
    const { violations } = await new AxeBuilder({ page }).withTags(TAGS).analyze();
    expect(violations.flatMap(({ id, nodes }) => nodes.map(({ html }) => `${id}: ${html.slice(0, 200)}`))).toEqual([]);
    const overflow = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
    expect(overflow).toBeLessThanOrEqual(0);
  }
  await page.setViewportSize({ width: 1440, height: 900 });
}

it('sends a server what happens, and lets programs post', async () => {
  const receiver = await startReceiver();
  await inBrowser(async ({ server, visit }) => {
    const { people, say, workspaceId } = await garden(server, 'Ann Weber', 'Ben Koch');
    const [ann, ben] = people as [(typeof people)[0], (typeof people)[0]];
    const { id: seeds } = await ann.call('conversations.create', {
      workspaceId,
      kind: 'channel',
      visibility: 'private',
      name: 'seeds',
    });
    const takes = (count: number) =>
      until(
        () => receiver.received.length >= count,
        allowedMs(20_000),
        () => `${receiver.received.length} of ${count} requests`,
      );
    const { page, signIn } = await visit('Ann');
    const button = (name: string) => page.getByRole('button', { name, exact: true });
    await signIn(ann);
    await page.goto(`${server.origin}/w/${workspaceId}/settings/endpoints`);
    await see(page.getByText('No endpoints yet')).toBeVisible();

    // By the keyboard alone: the form takes the focus, and Enter sends it.
    await button('New endpoint').press('Enter');
    await see(page.getByLabel('URL')).toBeFocused();
    await page.keyboard.type('http://10.0.0.1/hook');
    await page.keyboard.press('Enter');
    await see(page.getByText('must begin with https://')).toBeVisible();
    await see(page.getByLabel('URL')).toBeFocused();
    await page.keyboard.press('ControlOrMeta+a');
    await page.keyboard.type(receiver.url);
    await page.keyboard.press('Tab');
    await page.keyboard.type('Seed counter');
    await page.getByLabel('member:joined').press('Space');
    await page.getByLabel('seeds').press('Space');
    await expectAccessible(page);
    await button('Create endpoint').press('Enter');
    const secret = page.getByLabel('Secret of the signatures');
    await see(secret).toHaveValue(/^whsec_/);
    const first = await secret.inputValue();
    await button('I have kept it').click();
    await see(secret).toHaveCount(0);

    await say(ben, 'The greenhouse is warm');
    await say(ann, 'Seven sorts of basil', { conversationId: seeds });
    await takes(2);
    expect(receiver.received.map(({ body }) => body.data.content)).toContain('Seven sorts of basil');

    await page.getByRole('link', { name: 'Seed counter' }).click();
    const deliveries = page.getByRole('article', { name: 'message:receive' });
    await see(deliveries).toHaveCount(2);
    await see(deliveries.first()).toContainText('Delivered');
    await see(deliveries.first()).toContainText('answer 204');
    await expectAccessible(page);
    await button('Send again: message:receive').first().click();
    await takes(3);
    await page.getByLabel('Since').fill('2020-01-01T00:00');
    await button('Send again').last().click();
    await takes(4);

    await button('New secret').click();
    await button('Replace').click();
    await see(secret).toHaveValue(/^whsec_/);
    expect(await secret.inputValue()).not.toBe(first);
    await button('I have kept it').click();

    receiver.behave = () => ({ status: 500, body: 'No space left' });
    await say(ben, 'The roof is open');
    await see(async () => {
      await button('Refresh').click();
      await see(page.getByText('No space left')).toBeVisible({ timeout: 1_000 });
    }).toPass();
    await page.getByRole('switch', { name: 'Enabled' }).click();
    await see(page.getByText('Disabled', { exact: true })).toBeVisible();
    await button('Delete').click();
    await page.getByRole('alertdialog').getByRole('button', { name: 'Delete' }).click();
    await see(page.getByText('No endpoints yet')).toBeVisible();

    await page.getByRole('link', { name: 'Webhooks' }).click();
    await page.getByLabel('Conversation', { exact: true }).selectOption({ label: 'seeds' });
    await page.getByLabel('Name').fill('CI');
    await page.getByLabel('Name').press('Enter');
    const address = page.getByLabel('Address of CI');
    await see(address).toHaveValue(/\/hooks\/incoming\//);
    const url = new URL(await address.inputValue()).pathname;
    await see(page.getByLabel('To try it in a terminal')).toHaveValue(new RegExp(`^curl .*${url}'$`));
    const post = async () =>
      (
        await fetch(server.origin + url, {
          method: 'POST',
          headers: { 'content-type': 'application/json' },
          body: '{"text":"Green"}',
        })
      ).status;
    expect(await post()).toBe(200);
    await expectAccessible(page);
    const ci = page.getByRole('article', { name: 'CI' });
    await ci.getByRole('button', { name: 'Change' }).click();
    await page.getByRole('dialog').getByLabel('Name').fill('Builds');
    await page.getByRole('dialog').getByLabel('Name').press('Enter');
    const builds = page.getByRole('article', { name: 'Builds' });
    await builds.getByRole('button', { name: 'New address' }).click();
    await button('Replace').click();
    await see(page.getByLabel('Address of Builds')).not.toHaveValue(new RegExp(url));
    expect(await post()).toBe(404);
    await builds.getByRole('switch').click();
    await see(builds.getByRole('switch')).not.toBeChecked();
    await builds.getByRole('button', { name: 'Delete' }).click();
    await page.getByRole('alertdialog').getByRole('button', { name: 'Delete' }).click();
    await see(builds).toHaveCount(0);

    const other = await visit('Ben');
    await other.signIn(ben);
    await other.page.goto(`${server.origin}/w/${workspaceId}/settings/general`);
    await see(other.page.getByRole('link', { name: 'People' })).toBeVisible();
    await see(other.page.getByRole('link', { name: /^(Webhooks|Endpoints)$/ })).toHaveCount(0);
  }).finally(() => receiver.close());
}, 180_000);

import { expect, it } from 'vitest';
import { garden } from '../garden.ts';
import { inBrowser } from '../people.ts';
import { see } from '../see.ts';

it('returns to the page that was asked for, and back to where it was scrolled to', async () => {
  await inBrowser(async ({ server, visit }) => {
    const place = await garden(server, 'Ann Weber');
    const [ann] = place.people;
    if (!ann) throw new Error('somebody is needed');
    for (let at = 0; at < 30; at += 1) {
      await ann.call('tasks.create', { workspaceId: place.workspaceId, title: `Bed ${String(at).padStart(2, '0')}` });
    }
    const { page } = await visit('Ann', { viewport: { width: 1000, height: 500 } });
    const address = `${server.origin}/w/${place.workspaceId}/tasks?scope=visible`;
    await page.goto(address);
    await page.getByLabel('E-mail').fill(ann.email);
    await page.getByLabel('Password', { exact: true }).fill(ann.password);
    await page.getByRole('button', { name: 'Sign in' }).click();
    await page.waitForURL(/\/tasks\?.*scope=visible/);

    const list = page.locator('[data-scrolls]');
    const position = () => list.evaluate(({ scrollTop }) => scrollTop);
    const link = page.getByRole('link', { name: /Bed 2\d/ }).first();
    await link.scrollIntoViewIfNeeded();
    await list.evaluate((element) => element.scrollBy(0, 50));
    const before = await position();
    expect(before).toBeGreaterThan(100);
    await link.click();
    await page.waitForURL(/\/tasks\/[0-9a-f-]+$/);
    await page.goBack();
    await expect.poll(position).toBe(before);
    // A page that is opened anew begins at its top.
    await page.goForward();
    await page.waitForURL(/\/tasks\/[0-9a-f-]+$/);
    await page.getByRole('navigation', { name: 'Places' }).getByRole('link', { name: 'Tasks' }).click();
    await page.waitForURL(/\/w\/[0-9a-f-]+\/tasks/);
    await expect.poll(position).toBe(0);
  });
});

it('shows the same in two tabs of a person, and signs out and in in both', async () => {
  await inBrowser(async ({ server, visit }) => {
    const place = await garden(server, 'Ann Weber', 'Ben Koch');
    const [ann, ben] = place.people;
    if (!ann || !ben) throw new Error('two people are needed');
    const { context, page: first, signIn } = await visit('Ann');
    await signIn(ann);
    const second = await context.newPage();
    await place.say(ben, 'The frost comes tonight');
    for (const page of [first, second]) await page.goto(`${server.origin}/today`);
    for (const page of [first, second]) await see(page).toHaveTitle(/^Good .* Atrium$/);
    const entry = (page: typeof first) => page.getByRole('link', { name: /greenhouse/ }).first();
    for (const page of [first, second]) await see(entry(page)).toHaveAccessibleName(/unread/);
    await entry(first).click();
    await see(entry(second)).not.toHaveAccessibleName(/unread/);
    await entry(second).click();
    const text = (page: typeof first) => page.getByRole('textbox', { name: 'Message #greenhouse' });
    await text(second).fill('I close the vents');
    await see(text(first)).toHaveValue('I close the vents');
    await text(first).press('Enter');
    await see(second.getByRole('article').filter({ hasText: 'I close the vents' })).toHaveCount(1);
    await see(text(second)).toHaveValue('');

    await first.getByRole('button', { name: /^You:/ }).click();
    await first.getByRole('menuitem', { name: 'Sign out' }).click();
    await first.waitForURL(`${server.origin}/sign-in`);
    await second.waitForURL(/\/sign-in\?returnTo=/);
    await first.getByLabel('E-mail').fill(ann.email);
    await first.getByLabel('Password', { exact: true }).fill(ann.password);
    await first.getByRole('button', { name: 'Sign in' }).click();
    await first.waitForURL(`${server.origin}/today`);
    await second.waitForURL(`${server.origin}/c/${place.channelId}`);
    await see(second.getByRole('article').filter({ hasText: 'I close the vents' })).toBeVisible();
  });
});

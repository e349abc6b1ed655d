import { AxeBuilder } from '@axe-core/playwright';
import { expect, it } from 'vitest';
import { garden } from '../garden.ts';
import { inBrowser } from '../people.ts';
import { see } from '../see.ts';

const RULES = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];

it('tells me what others do, on all my devices at once, and opens what it is about', async () => {
  await inBrowser(async ({ server, visit }) => {
    const { people, workspaceId } = await garden(server, 'Ann Weber', 'Ben Koch');
    const [ann, ben] = people as [(typeof people)[0], (typeof people)[0]];
    const [laptop, phone] = [await visit('Ben'), await visit('Ben’s phone', { viewport: { width: 390, height: 844 } })];
    await laptop.signIn(ben);
    await phone.signIn(ben);
    const bell = laptop.page.getByRole('link', { name: /^Notifications/ });
    await bell.click();
    await see(laptop.page.getByText('Nothing yet')).toBeVisible();

    const title = 'Repot the lemon trees';
    const { id: taskId } = await ann.call('tasks.create', { workspaceId, title, memberIds: [ben.userId] });
    const told = laptop.page.getByRole('link', { name: /Ann Weber assigned you a task.*Repot the lemon trees/ });
    await see(told).toBeVisible();
    await see(bell).toHaveAccessibleName('Notifications 1 unread notification');
    await see(laptop.page).toHaveTitle('(1) Notifications · Atrium');
    await see(laptop.page.locator('link[rel=icon]')).toHaveAttribute('href', /unread/);
    await see(phone.page.getByRole('link', { name: 'Inbox 1 waits for you' })).toBeVisible();
    await see(phone.page.getByRole('list', { name: 'New notifications' }).getByRole('listitem')).toHaveCount(1);

    await told.click();
    await laptop.page.waitForURL(`${server.origin}/tasks/${taskId}`);
    // Nothing waits any more.
    await see(laptop.page).toHaveTitle(/^[^(]/);
    await see(phone.page.getByRole('list', { name: 'New notifications' })).toBeHidden();
    await see(phone.page.getByRole('link', { name: 'Inbox', exact: true })).toBeVisible();

    await ann.call('tasks.update', { taskId, status: 'completed' });
    await phone.page.goto(`${server.origin}/inbox/notifications?type=task&unread=true`);
    await see(phone.page.getByRole('link', { name: /Ann Weber completed a task/ })).toBeVisible();
    await phone.page.getByRole('button', { name: 'Mark all as read' }).click();
    await see(phone.page.getByText('No notification fits')).toBeVisible();
    await phone.page.getByRole('button', { name: 'Clear filters' }).click();
    await see(phone.page.getByRole('main').getByRole('listitem')).toHaveCount(2);
  });
});

it('is used by keys alone, and says why I was told', async () => {
  await inBrowser(async ({ server, visit }) => {
    const { people, workspaceId } = await garden(server, 'Ann Weber', 'Ben Koch');
    const [ann, ben] = people as [(typeof people)[0], (typeof people)[0]];
    for (const title of ['Water the seeds', 'Order twine']) {
      await ann.call('tasks.create', { workspaceId, title, memberIds: [ben.userId] });
    }
    const { page, signIn } = await visit('Ben');
    await signIn(ben);
    await see(page.getByRole('list', { name: 'New notifications' })).toBeVisible();
    await page.keyboard.press('g');
    await page.keyboard.press('n');
    await see(page.getByRole('heading', { name: 'Notifications', level: 1 })).toBeVisible();
    const newest = page.getByRole('link', { name: /Order twine/ });
    const other = page.getByRole('link', { name: /Water the seeds/ });
    await newest.focus();
    await page.keyboard.press('j');
    await see(other).toBeFocused();
    await page.keyboard.press('e');
    await see(page).toHaveTitle('(1) Notifications · Atrium');
    await page.keyboard.press('Tab');
    await page.keyboard.press('Enter');
    await page.getByRole('menuitem', { name: 'Why this?' }).waitFor();
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('Enter');
    await see(page.getByRole('heading', { name: 'Why you were told', level: 1 })).toBeVisible();
    const reasons = page.getByRole('list', { name: 'Events' });
    await see(reasons.getByRole('listitem')).toHaveCount(1);
    await see(reasons.getByText('Your settings turn this kind off here.')).toBeVisible();
    await see(reasons.getByText('None of your devices takes push messages.')).toBeVisible();
    await page.getByRole('button', { name: 'Show all events' }).click();
    await see(reasons.getByRole('listitem')).toHaveCount(2);
  });
});

it.each(['light', 'dark'] as const)('keeps nobody out in the %s theme', async (colorScheme) => {
  await inBrowser(async ({ server, visit }) => {
    const { people, workspaceId } = await garden(server, 'Ann Weber', 'Ben Koch');
    const [ann, ben] = people as [(typeof people)[0], (typeof people)[0]];
    await ann.call('tasks.create', { workspaceId, title: 'Order twine', memberIds: [ben.userId], dueOn: '2020-01-01' });
    const { page, signIn } = await visit('Ben', { colorScheme });
    await signIn(ben);
    const found: string[] = [];
    for (const path of ['/today', '/inbox', '/inbox/notifications', '/inbox/notifications/reasons']) {
      await page.goto(server.origin + path);
      await see(page.locator('h1').first()).toBeVisible();
      const { violations } = await new AxeBuilder({ page }).withTags(RULES).analyze();
      found.push(...violations.flatMap(({ id, nodes }) => nodes.map(({ html }) => `${path} ${id}: ${html}`)));
    }
    expect(found).toEqual([]);
  });
});

it('sends a failed mail again, from the list of reasons', async () => {
  await inBrowser(async ({ server, visit }) => {
    const { people, workspaceId } = await garden(server, 'Ann Weber', 'Ben Koch');
    const [ann, ben] = people as [(typeof people)[0], (typeof people)[0]];
    await ben.call('notifications.updatePreferences', { channels: { task: { mail: true } } });
    await ann.call('tasks.create', { workspaceId, title: 'Water the seeds', memberIds: [ben.userId] });
    await server.database.pool.query(
      "update delivery set next_at = now() where channel = 'mail' and kind = 'notification'",
    );
    const mail = async () => (await ben.call('notifications.decisions', {})).items[0]?.channels[1];
    await expect.poll(async () => (await mail())?.state, { timeout: 30_000 }).toBe('sent');
    await server.database.pool.query(
      "update mail set state = 'failed', sent_at = null, error = '550 no such mailbox' where delivery_id is not null",
    );
    const { page, signIn } = await visit('Ben');
    await signIn(ben);
    await page.goto(`${server.origin}/inbox/notifications/reasons`);
    const event = page.getByRole('list', { name: 'Events' }).getByRole('listitem');
    await see(event.getByText('550 no such mailbox')).toBeVisible();
    await event.getByRole('button', { name: 'Send again' }).click();
    await see(event.getByRole('button', { name: 'Send again' })).toBeHidden();
    await expect.poll(async () => (await mail())?.state, { timeout: 30_000 }).toBe('sent');
    await page.reload();
    await see(event.getByText('sent', { exact: true })).toBeVisible();
    await see(event.getByText('550 no such mailbox')).toBeHidden();
  });
});

import { AxeBuilder } from '@axe-core/playwright';
import type { Page } from '@playwright/test';
import { expect, it } from 'vitest';
import { garden } from '../garden.ts';
import { inBrowser } from '../people.ts';
import { see } from '../see.ts';

const RULES = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];
const remindersOn = (page: Page) => page.getByRole('list', { name: 'Reminders' }).getByRole('listitem');

it('makes, snoozes, changes, deletes and completes reminders, by keys and on two devices', async () => {
  await inBrowser(async ({ server, visit }) => {
    const { people, workspaceId, channelId, say } = await garden(server, 'Ann Weber', 'Ben Koch');
    const [ann] = people as [(typeof people)[0]];
    const one = await visit('Ann');
    const phone = await visit('Ann’s phone', { viewport: { width: 390, height: 844 } });
    await one.signIn(ann);
    await phone.signIn(ann);
    const { page } = one;

    // Words alone, by keys, from the page of the day.
    await page.getByRole('button', { name: 'Remind me' }).focus();
    await page.keyboard.press('Enter');
    const dialog = page.getByRole('dialog', { name: 'Remind me' });
    await see(dialog.getByLabel('What about')).toBeFocused();
    await page.keyboard.type('Water the lemon trees');
    await page.keyboard.press('Tab');
    await page.keyboard.press('ArrowDown');
    await see(dialog.getByRole('radio', { name: 'In 1 hour' })).not.toBeChecked();
    await dialog.getByRole('radio', { name: 'Tomorrow morning' }).focus();
    await page.keyboard.press('Space');
    await dialog.getByLabel('Repeats').selectOption('Every week');
    await dialog.getByLabel('What about').press('Enter');
    await see(dialog).toBeHidden();
    await see(remindersOn(phone.page)).toContainText([/Water the lemon trees.*Tomorrow, 0?9:00.*, every week/]);

    // A snooze on one device is there on the other.
    await phone.page.getByRole('button', { name: 'Reminder: Water the lemon trees' }).click();
    await phone.page.getByRole('menuitem', { name: 'In 1 hour' }).click();
    await see(remindersOn(page)).toContainText(['Snoozed: ']);

    // Other words, as it was otherwise; then it is completed on the phone.
    await page.getByRole('button', { name: 'Reminder: Water the lemon trees' }).click();
    await page.getByRole('menuitem', { name: 'Change' }).click();
    await page.getByRole('dialog').getByLabel('What about').fill('Feed the lemon trees');
    await page.getByRole('button', { name: 'Save' }).click();
    await phone.page.getByLabel('Done: Feed the lemon trees').click();
    await see(remindersOn(page)).toHaveCount(0);

    // A message.
    const { id: messageId } = await say(ann, 'Order twine');
    await page.goto(`${server.origin}/c/${channelId}`);
    await page.getByText('Order twine').hover();
    await page.getByRole('button', { name: 'More' }).last().click();
    await page.getByRole('menuitem', { name: 'Remind me about this' }).click();
    await dialog.getByRole('button', { name: 'Remind me' }).click();
    await see(dialog).toBeHidden();
    await see(remindersOn(phone.page)).toContainText(['Order twine']);
    expect((await ann.call('reminders.list', {})).items).toMatchObject([{ messageId, localTime: null, type: 'both' }]);
    await phone.page.getByRole('button', { name: 'Reminder: Order twine' }).click();
    await phone.page.getByRole('menuitem', { name: 'Delete' }).click();
    await see(remindersOn(phone.page)).toHaveCount(0);
    await phone.page.getByRole('button', { name: 'Undo' }).click();
    await see(remindersOn(phone.page)).toContainText(['Order twine']);

    // A task, before it is due; a time that has passed is refused in words.
    const { id: taskId } = await ann.call('tasks.create', { workspaceId, title: 'Repot', dueOn: '2030-05-02' });
    await page.goto(`${server.origin}/tasks/${taskId}`);
    await page.getByRole('button', { name: 'Remind me' }).click();
    await dialog.getByRole('radio', { name: 'Another date and time' }).click();
    await dialog.getByLabel('Date', { exact: true }).fill('2020-01-01');
    one.faults.expect(/422|400/);
    await dialog.getByRole('button', { name: 'Remind me' }).click();
    await see(dialog.getByText('This time has passed. Choose a later one.')).toBeVisible();
    await dialog.getByRole('radio', { name: 'When the task is due' }).click();
    await dialog.getByLabel('How long before').selectOption('1 day before');
    await dialog.getByText('Mail', { exact: true }).click();
    await dialog.getByRole('button', { name: 'Remind me' }).click();
    await see(remindersOn(page)).toContainText(['1 day before it is due']);
    const { items } = await ann.call('reminders.ofTask', { taskId });
    expect(items).toMatchObject([{ before: 'P1D', type: 'email', recurrence: null }]);
  });
});

it('tells of a time that the clock skips', async () => {
  await inBrowser(async ({ server, visit }) => {
    const ann = await server.person('Ann Weber');
    await ann.call('users.updateMe', { timezone: 'Europe/Berlin' });
    await ann.call('reminders.create', { message: 'Reset the clocks', localTime: '2029-03-25T02:30' });
    const { page, signIn } = await visit('Ann');
    await signIn(ann);
    await see(remindersOn(page)).toContainText(['Your clock skips the chosen time on that day, so it comes later.']);
  });
});

it.each(['light', 'dark'] as const)('keeps to WCAG 2.2 AA in the %s theme, on a phone', async (colorScheme) => {
  await inBrowser(async ({ server, visit }) => {
    const ann = await server.person('Ann Weber');
    await ann.call('reminders.create', { message: 'Water the lemon trees', localTime: '2029-03-25T08:30' });
    const { page, signIn } = await visit('Ann', { colorScheme, viewport: { width: 390, height: 844 } });
    await signIn(ann);
    const found: string[] = [];
    const look = async () => {
      const { violations } = await new AxeBuilder({ page }).withTags(RULES).analyze();
      found.push(...violations.flatMap(({ id, nodes }) => nodes.map(({ html }) => `${id}: ${html.slice(0, 200)}`)));
      const overflow = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
      expect(overflow).toBeLessThanOrEqual(0);
    };
    await see(remindersOn(page)).toHaveCount(1);
    await look();
    await page.getByRole('button', { name: 'Remind me' }).click();
    await page.getByRole('dialog').getByRole('radio', { name: 'Another date and time' }).click();
    await see(page.getByLabel('Date', { exact: true })).toBeVisible();
    await look();
    await page.keyboard.press('Escape');
    await see(page.getByRole('dialog')).toBeHidden();
    await page.goto(`${server.origin}/account/notifications`);
    await page.getByLabel('Morning mail at').fill('06:15');
    await page.getByLabel('Morning mail at').blur();
    await expect.poll(async () => (await ann.call('users.me', {})).preferences.morningDigestAt).toBe('06:15');
    await look();
    await page.getByLabel('Mail me the tasks of the day').click();
    await see(page.getByLabel('Morning mail at')).toBeHidden();
    expect((await ann.call('users.me', {})).preferences.morningDigestAt).toBeNull();
    expect(found).toEqual([]);
  });
});

import { AxeBuilder } from '@axe-core/playwright';
import { expect, it } from 'vitest';
import { garden } from '../garden.ts';
import { inBrowser } from '../people.ts';
import { see } from '../see.ts';

const RULES = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];

it('changes what I am told at once, on all my devices, by keys alone', async () => {
  await inBrowser(async ({ server, visit }) => {
    const { people, channelId } = await garden(server, 'Ann Weber', 'Ben Koch');
    const [ann] = people as [(typeof people)[0]];
    const one = await visit('Ann');
    const other = await visit('Ann’s phone', { viewport: { width: 390, height: 844 } });
    await one.signIn(ann);
    await other.signIn(ann);
    await other.page.goto(`${server.origin}/account/notifications`);
    await one.page.goto(`${server.origin}/account/notifications`);
    const box = (name: string) => ({ one: one.page.getByLabel(name), other: other.page.getByLabel(name) });

    const tasksByMail = box('Tasks: Mail');
    await see(tasksByMail.one).not.toBeChecked();
    await tasksByMail.one.focus();
    await one.page.keyboard.press('Space');
    await see(tasksByMail.other).toBeChecked();

    await one.page.getByLabel('Keep quiet at certain hours').focus();
    await one.page.keyboard.press('Space');
    await one.page.getByLabel('From').fill('22:30');
    await one.page.getByLabel('From').blur();
    await see(other.page.getByLabel('From')).toHaveValue('22:30');
    await one.page.getByLabel('Sunday').focus();
    await one.page.keyboard.press('Space');
    await see(other.page.getByLabel('Sunday')).not.toBeChecked();

    await one.page.getByText('Collected each day').click();
    await see(other.page.getByLabel('At', { exact: true })).toHaveValue('08:00');
    await one.page.getByLabel('At most in an hour').fill('12');
    await one.page.keyboard.press('Tab');
    await see(other.page.getByLabel('At most in an hour')).toHaveValue('12');
    expect(await ann.call('notifications.preferences', {})).toMatchObject({
      channels: { task: { app: true, mail: true } },
      quietHours: { enabled: true, from: '22:30', days: [1, 2, 3, 4, 5, 6] },
      digest: { mode: 'daily' },
      hourlyCap: 12,
    });

    // A conversation keeps still for a while.
    await one.page.goto(`${server.origin}/c/${channelId}`);
    await other.page.goto(`${server.origin}/c/${channelId}`);
    await one.page.getByRole('button', { name: 'What notifies me here. As usual: mentions and replies' }).focus();
    await one.page.keyboard.press('Enter');
    await one.page.getByRole('menuitem', { name: 'Until tomorrow morning' }).click();
    await see(other.page.getByRole('button', { name: /^What notifies me here. nothing until .*9:00/ })).toBeVisible();
    await one.page.getByRole('button', { name: /^What notifies me here/ }).click();
    await one.page.getByRole('menuitemradio', { name: 'Every message' }).click();
    await see(other.page.getByRole('button', { name: 'What notifies me here. every message' })).toBeVisible();
  });
});

it.each(['light', 'dark'] as const)('keeps nobody out in the %s theme', async (colorScheme) => {
  await inBrowser(async ({ server, visit }) => {
    const ann = await server.person('Ann Weber');
    await ann.call('notifications.updatePreferences', { quietHours: { enabled: true }, digest: { mode: 'daily' } });
    const { page, signIn } = await visit('Ann', { colorScheme });
    await signIn(ann);
    await page.goto(`${server.origin}/account/notifications`);
    await see(page.getByLabel('Tasks: Mail')).toBeVisible();
    const { violations } = await new AxeBuilder({ page }).withTags(RULES).analyze();
    expect(violations.flatMap(({ id, nodes }) => nodes.map(({ html }) => `${id}: ${html}`))).toEqual([]);
  });
});

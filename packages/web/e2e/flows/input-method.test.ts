import type { Locator } from '@playwright/test';
import { expect, it } from 'vitest';
import { garden } from '../garden.ts';
import { inBrowser } from '../people.ts';
import { see } from '../see.ts';

/** Enter as browsers tell it that confirms a word of an input method: Chrome within the composition, Safari after it. */
const CONFIRMING = [
  { isComposing: true, keyCode: 229 },
  { isComposing: true, keyCode: 13 },
  { isComposing: false, keyCode: 229 },
];

/** Confirms a word in a field, in each of these ways. */
const confirmWord = (field: Locator) =>
  field.evaluate((element, keys) => {
    for (const key of keys) {
      element.dispatchEvent(new CompositionEvent('compositionstart', { bubbles: true }));
      if (!key.isComposing) element.dispatchEvent(new CompositionEvent('compositionend', { bubbles: true }));
      element.dispatchEvent(new KeyboardEvent('keydown', { key: 'Enter', bubbles: true, cancelable: true, ...key }));
      if (key.isComposing) element.dispatchEvent(new CompositionEvent('compositionend', { bubbles: true }));
    }
  }, CONFIRMING);

it('takes Enter that confirms a word for neither sending nor saving; the next one does', () =>
  inBrowser(async ({ server, visit }) => {
    const { channelId, people, workspaceId } = await garden(server, 'Ann Weber');
    const [ann] = people;
    if (!ann) throw new Error('Nobody is in the garden');
    const { id: taskId } = await ann.call('tasks.create', { workspaceId, title: 'Water bed 4' });
    const { page, signIn } = await visit('Ann');
    await signIn(ann);
    const said = async () =>
      (await ann.call('messages.list', { conversationId: channelId })).items
        .filter(({ type }) => type !== 'system')
        .map(({ content }) => content);
    const task = async () => ann.call('tasks.get', { taskId });

    // A message.
    await page.goto(`${server.origin}/c/${channelId}`);
    const composer = page.getByRole('textbox', { name: 'Message #greenhouse' });
    await composer.fill('明日は');
    await confirmWord(composer);
    await see(composer).toHaveValue('明日は');
    await composer.fill('明日は雨です');
    await composer.press('Enter');
    await expect.poll(said).toEqual(['明日は雨です']);

    // A mention: the list stays open.
    await composer.fill('@');
    await see(page.getByRole('listbox')).toBeVisible();
    await confirmWord(composer);
    await see(composer).toHaveValue('@');
    await composer.fill('');

    // The correction of a message.
    await composer.press('ArrowUp');
    const correction = page.locator('article').getByRole('textbox');
    await correction.fill('明日は雪');
    await confirmWord(correction);
    await see(correction).toHaveValue('明日は雪');
    await correction.fill('明日は雪です');
    await correction.press('Enter');
    await expect.poll(said).toEqual(['明日は雪です']);

    // The title of a task, and its category.
    await page.goto(`${server.origin}/tasks/${taskId}`);
    await page.getByRole('button', { name: 'Edit: Title' }).click();
    const title = page.getByRole('textbox', { name: 'Title' });
    await title.fill('水やり');
    await confirmWord(title);
    await see(title).toHaveValue('水やり');
    await title.fill('水やり四番');
    await title.press('Enter');
    await expect.poll(async () => (await task()).title).toBe('水やり四番');
    const category = page.getByRole('textbox', { name: 'Category' });
    await category.fill('庭');
    await confirmWord(category);
    await see(category).toBeFocused();
    await category.press('Enter');
    await expect.poll(async () => (await task()).category).toBe('庭');
    expect(await said()).toEqual(['明日は雪です']);
  }));

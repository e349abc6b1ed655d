import { expect, it } from 'vitest';
import { inBrowser } from '../people.ts';
import { see } from '../see.ts';

it('understands the words of /task while a task is typed, and takes each back', async () => {
  await inBrowser(async ({ server, visit }) => {
    const [ann, ben] = [await server.person('Ann Weber'), await server.person('Ben Koch')];
    await ben.call('users.updateMe', { username: 'ben' });
    const { id: workspaceId } = await ann.call('workspaces.create', { name: 'Garden' });
    const { code } = await ann.call('workspaces.joinCode', { workspaceId });
    await ben.call('workspaces.join', { code });
    const { page, signIn } = await visit('Ann');
    await signIn(ann);
    await page.goto(`${server.origin}/w/${workspaceId}/tasks?scope=visible`);
    const field = page.getByRole('textbox', { name: 'Add a task' });
    const understood = page.getByRole('list', { name: 'Understood' });
    const words = (name: string) => understood.getByRole('button', { name });

    await field.fill('Mow the lawn tomorrow 17:00 !high #garden @ben @nobody');
    await see(words('High priority')).toBeVisible();
    await see(words('garden')).toBeVisible();
    await see(words('Ben Koch')).toBeVisible();
    // Nobody is called so: it stays in the title, and what is before it is not the end of the title.
    await see(understood.getByRole('button')).toHaveCount(3);
    await field.fill('Mow the lawn tomorrow 17:00 !high #garden @ben');
    await see(words('Tomorrow')).toBeVisible();

    // By keyboard: the focus comes back to the field.
    await words('High priority').focus();
    await page.keyboard.press('Enter');
    await see(words('High priority')).toBeHidden();
    await see(field).toBeFocused();
    await field.fill('Mow the lawn !high #garden @ben tomorrow 17:00');
    await page.keyboard.press('Enter');
    await see(field).toHaveValue('');
    await see(page.getByRole('link', { name: 'Mow the lawn !high' })).toBeVisible();
    const { items } = await ann.call('tasks.list', { workspaceId, scope: 'visible' });
    expect(items).toMatchObject([{ title: 'Mow the lawn !high', category: 'garden', priority: 'medium', dueOn: null }]);
    expect(items[0]?.dueAt).not.toBeNull();
    expect(items[0]?.memberIds).toHaveLength(2);

    // The next task is read afresh.
    await field.fill('Buy seeds !high');
    await see(words('High priority')).toBeVisible();
    await page.keyboard.press('Enter');
    await see(field).toHaveValue('');

    // The order of the list is in its address.
    const titles = () => page.getByRole('main').getByRole('listitem').getByRole('link').allInnerTexts();
    await page.getByLabel('Order').selectOption('By title');
    await see(page).toHaveURL(/order=title/);
    await expect.poll(titles).toEqual(['Buy seeds', 'Mow the lawn !high']);
    await page.getByLabel('Order').selectOption('Newest first');
    await page.getByLabel('Person').selectOption('Ben Koch');
    await expect.poll(titles).toEqual(['Mow the lawn !high']);
    await page.reload();
    await see(page.getByLabel('Person')).toHaveValue(ben.userId);
    await see(page.getByLabel('Order')).toHaveValue('created');
    await expect.poll(titles).toEqual(['Mow the lawn !high']);

    // A key leads to the field from anywhere, others from part to part.
    await page.goto(`${server.origin}/you`);
    await see(page.getByRole('heading', { level: 1 })).toBeVisible();
    await page.keyboard.press('c');
    await see(page.getByRole('textbox', { name: 'Add a task' })).toBeFocused();
    await page.keyboard.press('F6');
    await see(page.getByRole('navigation', { name: 'Places' }).getByRole('link', { name: /^Tasks/ })).toBeFocused();
    await page.keyboard.press('Shift+F6');
    await expect.poll(() => page.evaluate(() => document.activeElement?.closest('main') !== null)).toBe(true);
    await page.keyboard.press('g');
    await page.keyboard.press('y');
    await see(page).toHaveURL(/\/you$/);

    // A part whose first controls take no focus is entered at the next one.
    await page.evaluate(() => {
      const [part, disabled, hidden, usable] = ['nav', 'button', 'button', 'button'].map((name) =>
        document.createElement(name),
      ) as [HTMLElement, HTMLButtonElement, HTMLButtonElement, HTMLButtonElement];
      disabled.disabled = true;
      hidden.style.visibility = 'hidden';
      usable.textContent = 'Usable';
      part.append(disabled, hidden, usable);
      document.body.prepend(part);
      (document.activeElement as HTMLElement | null)?.blur();
    });
    await page.keyboard.press('F6');
    await see(page.getByRole('button', { name: 'Usable' })).toBeFocused();

    // A popup keeps the focus.
    const seeds = await ann.call('tasks.list', { workspaceId, scope: 'visible', q: 'seeds' });
    await page.goto(`${server.origin}/tasks/${seeds.items[0]?.id}`);
    await page.getByRole('button', { name: 'Assign somebody' }).click();
    const isInMenu = () => page.evaluate(() => document.activeElement?.closest('[role=menu]') != null);
    await expect.poll(isInMenu).toBe(true);
    await page.keyboard.press('F6');
    expect(await isInMenu()).toBe(true);
    await page.keyboard.press('Escape');

    // A choice that is disabled says why.
    const visibility = page.getByRole('complementary', { name: 'Details' }).getByLabel('Visible to', { exact: true });
    await see(visibility).not.toHaveAccessibleDescription(/add a member/);
    await page.getByRole('button', { name: 'Take off: Ann Weber' }).click();
    await see(visibility).toHaveAccessibleDescription(/add a member first/);
  });
});

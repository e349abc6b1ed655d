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
  });
});

import { it } from 'vitest';
import { linkFromMail } from '../mail.ts';
import { inBrowser } from '../people.ts';
import { see } from '../see.ts';

it('brings an invited person in, and shows each the other without a reload', async () => {
  await inBrowser(async ({ server, visit }) => {
    const ann = await visit('Ann');
    await ann.signIn(await server.person('Ann'));
    await ann.page.goto(`${server.origin}/new-workspace`);
    await ann.page.getByLabel('Name').fill('Garden');
    await ann.page.keyboard.press('Enter');
    await ann.page.getByLabel('E-mail').fill('cleo@example.org');
    await ann.page.getByRole('button', { name: 'Send invitation' }).click();
    await see(ann.page.getByText('An invitation was mailed to cleo@example.org.')).toBeVisible();
    await ann.page.getByRole('button', { name: 'Open the workspace' }).click();
    await ann.page.getByRole('button', { name: 'Workspace Garden' }).click();
    await ann.page.getByRole('menuitem', { name: 'People', exact: true }).click();
    await see(ann.page.getByRole('list', { name: 'People' }).getByRole('listitem')).toHaveCount(1);

    const cleo = await visit('Cleo');
    const link = await linkFromMail(server, 'cleo@example.org', 'join');
    // The code may be named, as in the links of other pages.
    await cleo.page.goto(link.replace('#', '#code='));
    await cleo.page.getByRole('link', { name: 'Create one' }).click();
    await cleo.page.getByLabel('Name').fill('Cleo Ito');
    await cleo.page.getByLabel('E-mail').fill('cleo@example.org');
    await cleo.page.getByLabel('Password', { exact: true }).fill('the heron flew away');
    await cleo.page.getByRole('button', { name: 'Create account' }).click();
    await see(cleo.page.getByRole('button', { name: 'Workspace Garden' })).toBeVisible();
    await see(ann.page.getByRole('list', { name: 'People' }).getByText('Cleo Ito', { exact: true })).toBeVisible();

    // Whoever is removed sees it at once.
    await ann.page.getByRole('button', { name: 'Remove Cleo Ito' }).click();
    await ann.page.getByRole('button', { name: 'Remove', exact: true }).click();
    await see(cleo.page.getByRole('button', { name: 'Workspace Garden' })).toBeHidden();
    await see(ann.page.getByRole('list', { name: 'People' }).getByText('Cleo Ito', { exact: true })).toBeHidden();
  });
});

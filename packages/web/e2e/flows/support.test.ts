import { expect, it } from 'vitest';
import { garden } from '../garden.ts';
import { inBrowser, type Visitor } from '../people.ts';
import { see } from '../see.ts';

const say = async ({ page }: Visitor, text: string) => {
  await page.getByRole('textbox', { name: /^Message/ }).fill(text);
  await page.keyboard.press('Enter');
};

it('takes what a customer asks about an order, answers, hands it back and closes it, seen live by both', async () => {
  await inBrowser(async ({ server, visit }) => {
    const { people, workspaceId } = await garden(server, 'Ann Weber');
    const [ann] = people as [(typeof people)[0]];
    const { id: productId } = await ann.call('products.create', {
      workspaceId,
      name: 'Twine',
      price: 320,
      currency: 'EUR',
      stock: 5,
    });
    await ann.call('shops.update', { workspaceId, public: true });
    const hana = await server.person('Hana Sato');
    await hana.call('shops.join', { workspaceId });
    const { id: orderId } = await hana.call('orders.place', { workspaceId, items: [{ productId, quantity: 1 }] });

    const [staff, customer] = [await visit('Ann'), await visit('Hana', { viewport: { width: 390, height: 844 } })];
    await staff.signIn(ann);
    await customer.signIn(hana);
    await staff.page.goto(`${server.origin}/w/${workspaceId}/support`);
    const cases = staff.page
      .getByRole('list', { name: 'Cases' })
      .getByRole('listitem')
      .filter({ hasText: 'Hana Sato' });
    const tab = (name: string) =>
      staff.page.getByRole('radiogroup', { name: 'Cases' }).getByText(name, { exact: true });
    await see(cases).toContainText('waiting');

    await customer.page.goto(`${server.origin}/orders/${orderId}`);
    await customer.page.getByRole('button', { name: 'Conversation' }).click();
    await say(customer, 'Is it long enough for beans?');
    await see(customer.page.getByText('Is it long enough for beans?')).toBeVisible();

    await cases.getByRole('button', { name: 'Take' }).focus();
    await staff.page.keyboard.press('Enter');
    await see(staff.page).toHaveURL(/\/c\//);
    await see(staff.page.getByText('Is it long enough for beans?')).toBeVisible();
    await say(staff, 'Yes, fifty metres.');
    await see(customer.page.getByText('Yes, fifty metres.')).toBeVisible();

    await staff.page.goto(`${server.origin}/w/${workspaceId}/support`);
    await see(cases).toContainText('Ann Weber');
    await cases.getByRole('button', { name: 'Put back' }).click();
    await see(cases).toContainText('waiting');
    await tab('Nobody’s yet').click();
    await cases.getByRole('button', { name: 'Take' }).click();
    await see(staff.page).toHaveURL(/\/c\//);
    await staff.page.goto(`${server.origin}/w/${workspaceId}/support`);
    await cases.getByRole('button', { name: 'Close' }).click();
    await see(cases).toHaveCount(0);
    await tab('Closed').click();
    await see(cases).toContainText('closed');

    // The next question opens it again, for who had it.
    await tab('Open').click();
    await say(customer, 'And for tomatoes?');
    await see(cases).toContainText('Ann Weber');
  });
});

it('lets a customer without an order ask, by keyboard, and offers them nothing else to begin', async () => {
  await inBrowser(async ({ server, visit }) => {
    const { people, workspaceId } = await garden(server, 'Ann Weber');
    const [ann] = people as [(typeof people)[0]];
    await ann.call('shops.update', { workspaceId, public: true });
    const hana = await server.person('Hana Sato');
    await hana.call('shops.join', { workspaceId });
    const customer = await visit('Hana');
    await customer.signIn(hana);
    await customer.page.goto(`${server.origin}/w/${workspaceId}/tasks`);
    const sidebar = customer.page.getByRole('navigation', { name: 'Conversations' });
    const ask = sidebar.getByRole('button', { name: 'Ask a question' });
    await see(ask).toBeVisible();
    for (const name of ['Channels', 'Direct']) {
      await see(sidebar.getByRole('heading', { name })).toHaveCount(0);
    }
    await ask.focus();
    await customer.page.keyboard.press('Enter');
    await see(customer.page).toHaveURL(/\/c\//);
    await say(customer, 'Do you ship to Norway?');
    await see(customer.page.getByText('Do you ship to Norway?')).toBeVisible();
    // There is one open question at a time: it is in the list.
    await see(ask).toHaveCount(0);
    await see(sidebar.getByRole('link')).toHaveCount(1);
    const { items } = await ann.call('support.queue', { workspaceId });
    expect(items).toHaveLength(1);
  });
});

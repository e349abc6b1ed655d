import type { Name, Player } from './cast.ts';

/** Channels of the demo, besides the one that every workspace starts with. */
const CHANNELS = [
  { name: 'planting', topic: 'What goes into which bed, and when', visibility: 'public' },
  { name: 'market-stall', topic: 'Saturdays, 7 to 13', visibility: 'public' },
  { name: 'surprise-party', topic: 'Not a word to Emil', visibility: 'private' },
] as const;

/** What was said before the curtain rises. */
const BACKGROUND: [channel: string, who: Name, text: string][] = [
  ['planting', 'Cleo', 'Bed 3 is free, the radishes are out.'],
  ['planting', 'Dara', 'Then beans. The soil has 14 degrees since Tuesday.'],
  ['planting', 'Emil', 'Seeds are in the blue box, second shelf.'],
  ['market-stall', 'Emil', 'Sold out by eleven again. We need more chard.'],
  ['market-stall', 'Cleo', 'I can bring two crates.'],
  ['surprise-party', 'Dara', 'Cake is ordered. Who brings the lanterns?'],
];

/** What a program at the stall posts there, as it would to Slack. */
const FROM_THE_TILL = {
  username: 'Till',
  icon_emoji: ':seedling:',
  text: '<!channel> Saturday in numbers: *214 €*, 61 customers',
  attachments: [{ color: 'good', fields: [{ title: 'Chard', value: 'sold out at 10:40' }] }],
};

/** What is to be done, and by whom. */
const TASKS: { title: string; who: readonly Name[]; dueInDays: number; weekly?: true }[] = [
  { title: 'Order chard seeds', who: ['Dara'], dueInDays: 2 },
  { title: 'Load the stall', who: ['Cleo', 'Emil'], dueInDays: 5, weekly: true },
];
const DAY_MS = 86_400_000;

/** A workspace that looks lived in. */
export interface FilledWorkspace {
  workspaceId: string;
  name: string;
  /** Ids of the conversations by name. */
  channels: ReadonlyMap<string, string>;
  messages: number;
  /** Titles of the tasks on its board, from the top. */
  tasks: readonly string[];
  /** Days in a row on which the host completed a task. */
  streak: number;
  /** An order at the market stall, as the desk shows it. */
  order: { number: number; title: string; quantity: number; status: string; left: number };
  /** What the program has posted, as people read it. */
  posted: { channel: string; name: string; content: string };
}

/** Opens a workspace, brings everyone in, and lets them talk a little. Throws AtriumError. */
export async function fillWorkspace(serverUrl: string, players: ReadonlyMap<Name, Player>): Promise<FilledWorkspace> {
  const [host, ...guests] = [...players.values()];
  if (!host) throw new Error('Nobody is there to open a workspace');
  const name = 'Riverside Garden';
  const { id: workspaceId } = await host.client.api.workspaces.create({ name });
  const { code } = await host.client.api.workspaces.joinCode({ workspaceId });
  for (const { client } of guests) await client.api.workspaces.join({ code });
  const channels = new Map<string, string>();
  for (const channel of CHANNELS) {
    const without = channel.visibility === 'private' ? 'Emil' : undefined;
    const memberIds = guests.filter((guest) => guest.name !== without).map(({ userId }) => userId);
    const { id } = await host.client.api.conversations.create({ workspaceId, kind: 'channel', memberIds, ...channel });
    channels.set(channel.name, id);
  }
  for (const [channel, who, text] of BACKGROUND) await players.get(who)?.client.send(channels.get(channel) ?? '', text);
  const tasks = await addTasks(workspaceId, host, players);
  const streak = await completeOne(workspaceId, host);
  const order = await orderFromStall(workspaceId, host, players.get('Cleo') ?? host);
  const posted = await postFromTill(serverUrl, host, 'market-stall', channels.get('market-stall') ?? '');
  return { workspaceId, name, channels, messages: BACKGROUND.length + 1, tasks, streak, order, posted };
}

/** Puts tasks on the board. @returns their titles, as the board shows them */
async function addTasks(
  workspaceId: string,
  { client }: Player,
  players: ReadonlyMap<Name, Player>,
): Promise<string[]> {
  for (const { title, who, dueInDays, weekly } of TASKS) {
    await client.api.tasks.create({
      workspaceId,
      title,
      dueOn: new Date(Date.now() + dueInDays * DAY_MS).toISOString().slice(0, 10),
      memberIds: who.flatMap((name) => players.get(name)?.userId ?? []),
      ...(weekly ? { recurrence: { rule: 'FREQ=WEEKLY' } } : {}),
    });
  }
  const { items } = await client.api.tasks.list({ workspaceId, sort: 'manual' });
  return items.map(({ title }) => title);
}

/** Something is done already, of two that the host wants to do a day. @returns their streak */
async function completeOne(workspaceId: string, { client }: Player): Promise<number> {
  await client.api.analytics.setGoals({ daily: 2, weekly: 8 });
  const { id: taskId } = await client.api.tasks.create({ workspaceId, title: 'Sharpen the hoes', category: 'Tools' });
  await client.api.tasks.update({ taskId, status: 'completed' });
  return (await client.api.analytics.get({})).streaks.active;
}

/** The host sells beans, somebody orders some, and the host packs them. */
async function orderFromStall(workspaceId: string, host: Player, buyer: Player): Promise<FilledWorkspace['order']> {
  const { products, orders } = host.client.api;
  const product = { workspaceId, name: 'Beans, 500 g', price: 450, currency: 'EUR', stock: 12 };
  const { id: productId } = await products.create(product);
  const placed = await buyer.client.api.orders.place({ workspaceId, items: [{ productId, quantity: 3 }] });
  const { number, status } = await orders.update({ orderId: placed.id, status: 'processing', note: 'Packing them' });
  const { stock: left } = await products.get({ productId });
  return { number, title: placed.title, quantity: placed.quantity, status, left };
}

/** Makes a webhook, and posts to its address like a program that knows nothing else. */
async function postFromTill(
  serverUrl: string,
  { client }: Player,
  channel: string,
  conversationId: string,
): Promise<FilledWorkspace['posted']> {
  const { url } = await client.api.webhooks.create({ conversationId, name: 'Market stall' });
  const headers = { 'content-type': 'application/json' };
  // The address that people use may be one that this machine cannot reach.
  const answer = await fetch(new URL(new URL(url).pathname, serverUrl), {
    method: 'POST',
    headers,
    body: JSON.stringify(FROM_THE_TILL),
  });
  if (!answer.ok) throw new Error(`The till could not post: ${await answer.text()}`);
  const { items } = await client.api.messages.list({ conversationId, limit: 1 });
  return { channel, name: items[0]?.via?.name ?? '', content: items[0]?.content ?? '' };
}

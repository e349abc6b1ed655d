import { type AtriumClient, type ClientOptions, createClient, fromSnapshot, personOf, timeline } from '@atrium/client';
import { afterAll, beforeAll, expect, it, vi } from 'vitest';
import { type Person, type TestApp, testApp } from '../app.ts';

let app: TestApp;
let url: string;
let ann: Person;
let bob: Person;
const clients: AtriumClient[] = [];

beforeAll(async () => {
  app = await testApp();
  url = await app.listen();
  [ann, bob] = [await app.person('Ann'), await app.person('Bob')];
});

afterAll(async () => {
  for (const client of clients) client.close();
  await app.close();
});

function clientOf({ accessToken, refreshToken }: Person, options: Partial<ClientOptions> = {}): AtriumClient {
  // Delays before retries are the shortest possible.
  const client = createClient({ url, tokens: { accessToken, refreshToken }, random: () => 0.05, ...options });
  clients.push(client);
  return client;
}

/** Resolves when the client's state is as expected. */
function until(client: AtriumClient, wanted: () => boolean): Promise<void> {
  return new Promise((resolve, reject) => {
    const check = () => {
      if (!wanted()) return;
      clearTimeout(timer);
      stop();
      resolve();
    };
    const stop = client.on('change', check);
    const timer = setTimeout(() => reject(new Error('It never came')), 20_000);
    check();
  });
}

const contents = (client: AtriumClient, conversationId: string) =>
  timeline(client.state, conversationId).items.map(({ content }) => content);

it('two people sign in, meet in a workspace and chat', async () => {
  const anns = createClient({ url });
  clients.push(anns);
  await anns.signIn({ email: ann.email, password: ann.password });
  const bobs = clientOf(bob);
  await Promise.all([anns.connect(), bobs.connect()]);

  const workspace = await anns.api.workspaces.create({ name: 'Garden' });
  const { code } = await anns.api.workspaces.joinCode({ workspaceId: workspace.id });
  await bobs.live.api.workspaces.join({ code });
  const general = () => Object.values(bobs.state.conversations).find(({ workspaceId }) => workspaceId === workspace.id);
  await until(bobs, () => general() !== undefined && workspace.id in bobs.state.workspaces);
  const { id } = general()!;
  await until(anns, () => bob.userId in (anns.state.conversations[id]?.members ?? {}));

  await Promise.all([anns.loadMessages(id), bobs.loadMessages(id)]);
  const sent = anns.send(id, 'Did the beans come up?');
  expect(timeline(anns.state, id).pending.map(({ content }) => content)).toEqual(['Did the beans come up?']);
  const { seq } = await sent;
  await until(bobs, () => contents(bobs, id).includes('Did the beans come up?'));
  expect(bobs.state.conversations[id]?.unread).toBe(1);
  await until(anns, () => contents(anns, id).includes('Did the beans come up?'));
  expect(anns.state.pending).toEqual([]);

  bobs.markRead(id, seq);
  await until(anns, () => anns.state.conversations[id]?.receipts[bob.userId]?.readSeq === seq);
  await until(bobs, () => bobs.state.conversations[id]?.unread === 0);

  await bobs.live.call('typing.start', { conversationId: id });
  await until(anns, () => (anns.state.typing[id]?.[bob.userId] ?? 0) > anns.now());
  await bobs.send(id, 'They did!');
  await until(anns, () => contents(anns, id).includes('They did!'));
  expect(anns.state.typing[id]?.[bob.userId]).toBeUndefined();

  for (const client of [anns, bobs]) {
    // A client shows immediately what it has received, and sends the receipt a little later.
    await vi.waitFor(async () => {
      const wanted = fromSnapshot(await client.api.streams.snapshot({}));
      const shown = Object.keys(wanted).map((key) => [key, client.state[key as keyof typeof wanted]]);
      expect({ ...Object.fromEntries(shown), messages: {} }).toEqual(wanted);
    }, 10_000);
  }
});

it('writes to a person before there is a conversation, and gets messages from an absence on return', async () => {
  const cat = await app.person('Cat');
  const dan = await app.person('Dan');
  const workspace = await cat.call('workspaces.create', { name: 'Kitchen' });
  const { code } = await cat.call('workspaces.joinCode', { workspaceId: workspace.id });
  await dan.call('workspaces.join', { code });
  const [cats, dans] = [clientOf(cat), clientOf(dan)];
  await Promise.all([cats.connect(), dans.connect()]);

  const first = await cats.send({ toUserId: dan.userId }, 'Psst');
  const id = first.conversationId;
  await until(dans, () => dans.state.conversations[id]?.unread === 1);
  await until(cats, () => cats.state.pending.length === 0 && id in cats.state.conversations);
  await dans.loadMessages(id);

  dans.live.close();
  await cats.send(id, 'Where are you?');
  await cats.send(id, 'Never mind.');
  const heard: string[] = [];
  dans.on('event', (event) => {
    if (event.type === 'message:receive') heard.push(event.data.content);
  });
  dans.live.open();
  await until(dans, () => heard.length === 2);
  expect(heard).toEqual(['Where are you?', 'Never mind.']);
  expect(contents(dans, id)).toEqual(['Psst', 'Where are you?', 'Never mind.']);
  expect(dans.live.counters.snapshots).toBe(1);
});

it('keeps messages over the rate limit, and sends them later', async () => {
  const limited = await testApp({ env: { LIMIT_MESSAGE: '4/1' } });
  try {
    const eve = await limited.person('Eve');
    const client = createClient({
      url: await limited.listen(),
      tokens: { accessToken: eve.accessToken },
      random: () => 0.05,
    });
    clients.push(client);
    await client.connect();
    const [home] = Object.values(client.state.conversations);
    const texts = Array.from({ length: 8 }, (_, at) => `line ${at}`);
    const sent = await Promise.all(texts.map((text) => client.send(home!.id, text)));
    expect(sent.map(({ content }) => content)).toEqual(texts);
    expect(sent.map(({ seq }) => seq)).toEqual([...sent.map(({ seq }) => seq)].sort((one, two) => one - two));
    client.close();
  } finally {
    await limited.close();
  }
});

it('shows a refused message with its reason until it is discarded', async () => {
  const anns = clientOf(ann);
  await anns.connect();
  const nowhere = '00000000-0000-7000-8000-000000000000';
  await expect(anns.send(nowhere, 'Hello?')).rejects.toMatchObject({ code: 'not_found', status: 404 });
  const [failed] = timeline(anns.state, nowhere).pending;
  expect(failed).toMatchObject({ status: 'failed', problem: { code: 'not_found' } });
  await anns.discard(failed!.clientMessageId);
  expect(anns.state.pending).toEqual([]);
});

it('shows presence, and discards everything on signing out', async () => {
  const gil = await app.person('Gil');
  const client = clientOf(gil);
  await client.connect();
  client.watchPresence([gil.userId]);
  await until(client, () => gil.userId in client.state.presence);
  expect(client.state.presence[gil.userId]).toMatchObject({ status: 'online', devices: 1 });
  await client.signOut();
  expect(client.state).toMatchObject({ me: null, conversations: {}, presence: {}, pending: [], connection: 'offline' });
  await expect(client.api.users.me({})).rejects.toMatchObject({ code: 'unauthenticated', status: 401 });

  await client.signIn({ email: ann.email, password: ann.password });
  await client.connect();
  expect(client.state.me?.id).toBe(ann.userId);
});

it('switches to another user who signs in while connected', async () => {
  const client = clientOf(bob);
  await client.connect();
  await client.signIn({ email: ann.email, password: ann.password });
  await until(client, () => client.state.me?.id === ann.userId);
});

it('is disconnected when signed out elsewhere', async () => {
  const fay = await app.person('Fay');
  const client = clientOf(fay);
  await client.connect();
  const refused = new Promise((resolve) => client.on('status', ({ status }) => status === 'refused' && resolve(true)));
  await fay.call('auth.logoutAll', {});
  await refused;
  expect(client.tokens).toBeUndefined();
});

it('a draft ends with the message that it becomes, on any device and as any reply', async () => {
  const hal = await app.person('Hal');
  const [phone, laptop] = [clientOf(hal), clientOf(hal)];
  await Promise.all([phone.connect(), laptop.connect()]);
  const [home] = Object.values(phone.state.conversations);
  const id = home!.id;
  const draftsOn = (client: AtriumClient) => client.state.conversations[id]?.drafts ?? {};
  const isGone = () => until(laptop, () => Object.keys(draftsOn(laptop)).length === 0);

  await phone.keepDraft(id, 'Perhaps');
  await until(laptop, () => draftsOn(laptop)['']?.content === 'Perhaps');
  await laptop.send(id, 'Perhaps', { clearDraft: true });
  await isGone();

  await phone.keepDraft(id, 'Perh');
  phone.close();
  const reloaded = clientOf(hal);
  await reloaded.connect();
  await reloaded.keepDraft(id, 'Perhaps not');
  await until(laptop, () => draftsOn(laptop)['']?.content === 'Perhaps not');
  await laptop.send(id, 'Perhaps not', { clearDraft: true });
  await isGone();

  const root = await laptop.send(id, 'Who waters?');
  const reply = await laptop.send(id, 'Me', { replyTo: root.id });
  await laptop.loadMessages(id);
  await laptop.keepDraft(id, 'Me too', root.id);
  await laptop.send(id, 'Me too', { replyTo: reply.id, clearDraft: true });
  await isGone();
  expect((await reloaded.api.streams.snapshot({})).conversations.find((each) => each.id === id)?.drafts).toEqual([]);
});

it('knows the authors of messages after they have left, whether it saw them leave or not', async () => {
  const eve = await app.person('Eve');
  const { id: workspaceId } = await ann.call('workspaces.create', { name: 'Meadow' });
  const { code } = await ann.call('workspaces.joinCode', { workspaceId });
  await eve.call('workspaces.join', { code });
  const first = clientOf(ann);
  await first.connect();
  const room = Object.values(first.state.conversations).find((each) => each.workspaceId === workspaceId)!;
  const said = { conversationId: room.id, content: 'Bye', clientMessageId: crypto.randomUUID() };
  await eve.call('messages.send', said);
  await eve.call('workspaces.leave', { workspaceId });
  await until(first, () => !(eve.userId in (first.state.workspaces[workspaceId]?.members ?? {})));
  expect(personOf(first.state, eve.userId)).toMatchObject({ name: 'Eve' });

  const later = clientOf(ann);
  await later.connect();
  expect(personOf(later.state, eve.userId)).toBeUndefined();
  await later.loadMessages(room.id);
  expect(personOf(later.state, eve.userId)).toMatchObject({ name: 'Eve' });
  expect(personOf(later.state, ann.userId)).toMatchObject({ name: 'Ann' });
});

it('shows a thread that grows while it is open', async () => {
  const { id: workspaceId } = await ann.call('workspaces.create', { name: 'Hedge' });
  const client = clientOf(ann);
  await client.connect();
  const room = Object.values(client.state.conversations).find((each) => each.workspaceId === workspaceId)!;
  const say = (content: string, replyTo?: string) => client.send(room.id, content, replyTo ? { replyTo } : {});
  const root = await say('Cut it?');
  const first = await say('Not yet', root.id);
  const { standing } = await client.loadThread(first.id);
  expect(standing).toMatchObject({ threadId: root.id, following: true });
  await say('Elsewhere');
  await say('In autumn', root.id);
  await client.api.messages.update({ messageId: root.id, content: 'Cut the hedge?' });
  await until(client, () => client.state.replies[root.id]?.root.content === 'Cut the hedge?');
  expect(client.state.replies[root.id]?.items.map(({ content }) => content)).toEqual(['Not yet', 'In autumn']);
});

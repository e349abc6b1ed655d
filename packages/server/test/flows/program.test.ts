import { type AtriumClient, createClient } from '@atrium/client';
import { afterAll, beforeAll, expect, it, vi } from 'vitest';
import { type Person, type TestApp, testApp } from '../app.ts';

let app: TestApp;
let url: string;
let ann: Person;
const clients: AtriumClient[] = [];
beforeAll(async () => {
  app = await testApp();
  url = await app.listen();
  ann = await app.person('Ann');
});
afterAll(async () => {
  for (const client of clients) client.close();
  await app.close();
});

it('lets a bot answer through the SDK, until its token is revoked', async () => {
  const { id: workspaceId } = await ann.call('workspaces.create', { name: 'Works' });
  const { user } = await ann.call('bots.create', { workspaceId, name: 'Echo' });
  const bot = { workspaceId, userId: user.id };
  const { id: tokenId, secret } = await ann.call('bots.createToken', {
    ...bot,
    name: 'Key',
    scopes: ['read', 'write'],
  });
  const echo = createClient({ url, token: secret });
  const person = createClient({ url, tokens: { accessToken: ann.accessToken, refreshToken: ann.refreshToken } });
  clients.push(echo, person);
  echo.on('event', (event) => {
    if (event.type === 'message:receive' && event.data.senderId !== user.id) {
      void echo.send(event.data.conversationId, `You said: ${event.data.content}`);
    }
  });
  await Promise.all([echo.connect(), person.connect()]);
  expect(echo.state.me).toMatchObject({ id: user.id, isBot: true, email: '' });
  const answer = new Promise((resolve) => {
    person.on('event', (event) => {
      if (event.type === 'message:receive' && event.data.senderId === user.id) resolve(event.data.content);
    });
  });
  const general = Object.values(person.state.conversations).find((each) => each.workspaceId === workspaceId);
  await person.send(general!.id, 'Hello');
  expect(await answer).toBe('You said: Hello');
  expect(person.state.workspaces[workspaceId]?.members[user.id]?.user.isBot).toBe(true);

  const ends = new Promise((resolve) => {
    echo.on('status', ({ status, error }) => status === 'refused' && resolve(error?.code));
  });
  await ann.call('bots.revokeToken', { ...bot, tokenId });
  expect(await ends).toBe('invalid_token');
  await ann.call('bots.delete', bot);
  await vi.waitFor(() => expect(person.state.workspaces[workspaceId]?.members[user.id]).toBeUndefined());
});

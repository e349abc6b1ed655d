// Two people, one message, delivered live. Needs a server: npm start, then
//   npx node packages/client/examples/two-people.ts
import { createClient } from '@atrium/client';

const url = process.env.ATRIUM ?? 'http://localhost:3000';

async function arrive(name: string) {
  const client = createClient({ url });
  const account = { email: `${name}-${crypto.randomUUID()}@example.org`, password: 'a sentence nobody guesses' };
  await client.api.auth.register({ name, ...account });
  await client.signIn(account);
  await client.connect(); // from here on, client.state follows the server by itself
  return client;
}

const ann = await arrive('Ann');
const ben = await arrive('Ben');

const { id: workspaceId } = await ann.api.workspaces.create({ name: 'Garden' });
const { code } = await ann.api.workspaces.joinCode({ workspaceId });
// Ben is told of every conversation that he is put into, and from then on of all that is said there.
const joined = new Promise<void>((resolve) => {
  ben.on('event', ({ type }) => type === 'conversation:joined' && resolve());
});
await ben.api.workspaces.join({ code });
await joined;

const heard = new Promise<void>((resolve) => {
  ben.on('event', (event) => {
    if (event.type !== 'message:receive') return;
    console.log(`Ben reads: ${event.data.content} (number ${event.meta.seq} in ${event.meta.stream.split(':')[0]})`);
    resolve();
  });
});

// Every workspace starts with a channel named general.
const { items } = await ann.api.conversations.list({ workspaceId });
const general = items.find(({ name }) => name === 'general');
if (!general) throw new Error('There is no #general');

await ann.send(general.id, 'The tomatoes are up!'); // shown as pending at once, sent until the server has it
await heard;

ann.close();
ben.close();

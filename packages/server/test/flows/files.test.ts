import { createClient, memoryStorage, type PendingMessage } from '@atrium/client';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Person, type TestApp, testApp } from '../app.ts';

let app: TestApp;
let url: string;
let ann: Person;
let conversationId: string;
beforeAll(async () => {
  app = await testApp();
  url = await app.listen();
  ann = await app.person('Ann');
  const workspace = await ann.call('workspaces.create', { name: 'Garden' });
  const made = await ann.call('conversations.create', { workspaceId: workspace.id, kind: 'channel', name: 'beds' });
  conversationId = made.id;
});
afterAll(() => app.close());

const WITHIN = { timeout: 15_000 };
const list = () => ({ name: 'list.txt', content: new Blob(['Roses'], { type: 'text/plain' }) });

/** A client whose requests can be made to fail. */
function clientOf(fail: (address: string, before: boolean) => boolean = () => false, storage = memoryStorage()) {
  const sent: string[] = [];
  const client = createClient({
    url,
    token: ann.accessToken,
    storage,
    tries: 1,
    random: () => 0,
    async fetch(input, init) {
      const address = String(input);
      sent.push(address);
      if (fail(address, true)) throw new TypeError('The link is broken.');
      const response = await fetch(input, init);
      if (fail(address, false)) throw new TypeError('The link is broken.');
      return response;
    },
  });
  return { client, sent, uploads: () => sent.filter((address) => address.includes('/attachments?')) };
}

describe('a message with files', () => {
  it('is sent with them, reports its progress, and is delivered to everyone', async () => {
    const { client } = clientOf();
    await client.connect();
    const seen: PendingMessage[] = [];
    client.on('change', ({ pending }) => void seen.push(...pending));
    const message = await client.send(conversationId, '', { files: [list(), list()] });
    expect(message.attachments?.map(({ filename, size }) => [filename, size])).toEqual([
      ['list.txt', 5],
      ['list.txt', 5],
    ]);
    expect(seen.some(({ progress }) => progress?.sent === 10 && progress.total === 10)).toBe(true);
    await expect.poll(() => client.state.pending.length === 0, WITHIN).toBe(true);
    client.close();
  });

  it.each([
    ['before the upload arrives', true],
    ['after it, before the answer', false],
  ])('gets through when the link breaks %s, with its files once', async (_when, breaksBefore) => {
    let broken = 0;
    const { client, uploads } = clientOf((address, before) => {
      if (!address.includes('/attachments?') || before !== breaksBefore || broken >= 2) return false;
      broken += 1;
      return true;
    });
    await client.connect();
    const message = await client.send(conversationId, 'Lists', { files: [list()] });
    expect(message.attachments).toHaveLength(1);
    expect(uploads()).toHaveLength(3);
    expect(new Set(uploads()).size).toBe(1);
    const { rows } = await app.database.pool.query('select from attachment where upload_id = $1', [
      message.clientMessageId,
    ]);
    expect(rows).toHaveLength(1);
    client.close();
  });

  it('is resumed after a restart by a storage that keeps the bytes', async () => {
    const storage = memoryStorage();
    const first = clientOf((address) => address.includes('/attachments?'), storage);
    await first.client.connect();
    void first.client.send(conversationId, 'Later', { files: [list()] }).catch(() => undefined);
    await expect.poll(() => first.uploads().length > 0, WITHIN).toBe(true);
    first.client.close();
    const second = clientOf(undefined, storage);
    await second.client.connect();
    await second.client.loadMessages(conversationId);
    const isThere = () =>
      second.client.state.messages[conversationId]?.items.some(
        ({ content, attachments }) => content === 'Later' && attachments?.length === 1,
      );
    await expect.poll(isThere, WITHIN).toBe(true);
    second.client.close();
  });

  it('that lost its files is not sent without them', async () => {
    const storage = memoryStorage();
    const clientMessageId = crypto.randomUUID();
    const lost = { name: 'list.txt', content: {} as Blob };
    await storage.put({ clientMessageId, conversationId, content: 'Lost', files: [lost], createdAt: 1 });
    const { client, sent } = clientOf(undefined, storage);
    await client.connect();
    await expect.poll(() => client.state.pending[0]?.status === 'failed', WITHIN).toBe(true);
    expect(sent.some((address) => address.includes('/messages'))).toBe(false);
    client.close();
  });

  it('that is refused is kept, and a discarded one is aborted', async () => {
    const { client } = clientOf();
    await client.connect();
    const refused = client.send(conversationId, '', { files: [{ name: 'x.exe', content: new Blob(['MZ']) }] });
    await expect(refused).rejects.toMatchObject({ code: 'bad_type' });
    const failed = client.state.pending[0];
    expect(failed).toMatchObject({ status: 'failed', problem: { code: 'bad_type' } });
    await client.discard(failed?.clientMessageId ?? '');
    expect(client.state.pending).toEqual([]);
    client.close();
  });
});

describe('an upload', () => {
  it('of files to a task is a normal call, and can be aborted', async () => {
    const { client } = clientOf();
    const { id: taskId } = await client.api.tasks.create({ title: 'Plan the beds' });
    const { attachments } = await client.api.attachments.addToTask({ taskId }, { files: [list()] });
    expect(attachments).toHaveLength(1);
    const aborted = new AbortController();
    aborted.abort();
    await expect(
      client.api.attachments.addToTask({ taskId }, { files: [list()], signal: aborted.signal }),
    ).rejects.toMatchObject({ code: 'aborted' });
    client.close();
  });
});

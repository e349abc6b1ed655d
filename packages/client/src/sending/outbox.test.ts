import type { Message } from '@atrium/protocol';
import { afterEach, describe, expect, it } from 'vitest';
import { ann, conversation, message, uuid } from '../../test/fixtures.ts';
import { problem } from '../../test/live-server.ts';
import { until } from '../../test/until.ts';
import { AtriumError, refusal } from '../error.ts';
import type { SendIntent } from './intent.ts';
import { Outbox, type OutboxOptions } from './outbox.ts';
import { type IntentStorage, memoryStorage, webStorage } from './storage.ts';

let outbox: Outbox;

afterEach(() => outbox.close());

const intent = (n: number, change: Partial<SendIntent> = {}): SendIntent => ({
  clientMessageId: uuid(n),
  conversationId: conversation.id,
  content: `text ${n}`,
  createdAt: n,
  ...change,
});
const confirmed = (n: number): Message => message(n, ann.id, { clientMessageId: uuid(n) });
const numberOf = ({ clientMessageId }: { clientMessageId: string }) => Number(clientMessageId.slice(-12));

/** An outbox whose deliveries have planned results, by the number of the message; the last result is repeated. */
function setup(plan: Record<number, (AtriumError | 'ok')[]> = {}, options: Partial<OutboxOptions> = {}) {
  const delivered: number[] = [];
  const storage = options.storage ?? memoryStorage<SendIntent>();
  outbox = new Outbox({
    storage,
    async deliver(each) {
      const stored = (await storage.load()).map(numberOf);
      expect(stored).toContain(numberOf(each));
      const n = numberOf(each);
      delivered.push(n);
      const next = plan[n]?.shift() ?? 'ok';
      if (next !== 'ok') throw next;
      return confirmed(n);
    },
    isShown: () => false,
    onChange: () => undefined,
    onError: (error) => {
      throw error;
    },
    random: () => 0,
    ...options,
  });
  return { delivered, storage };
}

const statuses = () => outbox.pending.map((each) => `${numberOf(each)} ${each.status}`);
const network = new AtriumError('network', 'gone');
const tooMany = refusal(problem('rate_limited', { retryAfterMs: 20 }));
const archived = refusal(problem('archived'));

describe('Outbox', () => {
  it('shows a message as pending immediately, and until it arrives by the stream', async () => {
    const { storage } = setup();
    const sent = outbox.add(intent(1));
    expect(statuses()).toEqual(['1 sending']);
    expect(await sent).toEqual(confirmed(1));
    expect(statuses()).toEqual(['1 sent']);
    expect(await storage.load()).toEqual([]);
    outbox.confirm(confirmed(1));
    expect(statuses()).toEqual([]);
  });

  it('shows it once if the event arrives before the answer', async () => {
    let answer: ((message: Message) => void) | undefined;
    setup({}, { deliver: () => new Promise((resolve) => (answer = resolve)) });
    const sent = outbox.add(intent(1));
    await until(() => answer !== undefined);
    outbox.confirm(confirmed(1));
    expect(statuses()).toEqual([]);
    answer?.(confirmed(1));
    expect(await sent).toEqual(confirmed(1));
    expect(statuses()).toEqual([]);
  });

  it('stops showing messages that the state has got in another way', async () => {
    let shown = false;
    setup({}, { isShown: () => shown });
    await outbox.add(intent(1));
    outbox.settle();
    expect(statuses()).toEqual(['1 sent']);
    shown = true;
    outbox.settle();
    expect(statuses()).toEqual([]);
  });

  it('sends the messages to one conversation in order, whatever fails', async () => {
    const { delivered } = setup({ 1: [network, tooMany, network], 2: [tooMany] });
    const sent = [1, 2, 3].map((n) => outbox.add(intent(n)));
    await Promise.all(sent);
    expect(delivered).toEqual([1, 1, 1, 1, 2, 2, 3]);
  });

  it('does not delay one conversation when another waits', async () => {
    const waiting = refusal(problem('rate_limited', { retryAfterMs: 60_000 }));
    const { delivered } = setup({ 1: [waiting] });
    void outbox.add(intent(1)).catch(() => undefined);
    await outbox.add(intent(2, { conversationId: uuid(77) }));
    expect(delivered).toEqual([1, 2]);
  });

  it('keeps a refused message with its problem, continues with the next, and sends it again on retry', async () => {
    const { delivered, storage } = setup({ 1: [archived] });
    const first = outbox.add(intent(1));
    const second = outbox.add(intent(2));
    await expect(first).rejects.toBe(archived);
    await second;
    expect(outbox.pending[0]).toMatchObject({ status: 'failed', problem: { code: 'archived' } });
    expect(await storage.load()).toMatchObject([{ clientMessageId: uuid(1), problem: { code: 'archived' } }]);
    await outbox.retry(uuid(1));
    await until(() => statuses().includes('1 sent'));
    expect(delivered).toEqual([1, 2, 1]);
    expect(outbox.pending[0]?.problem).toBeUndefined();
  });

  it.each(['the event', 'the refusal'])(
    'uses a new id if another device has sent a different message with this one: by %s',
    async (by) => {
      const taken = refusal(problem('idempotency_mismatch'));
      const ids: string[] = [];
      const { storage } = setup(
        {},
        {
          deliver: async (each) => {
            ids.push(each.clientMessageId);
            if (ids.length > 1)
              return { ...confirmed(1), clientMessageId: each.clientMessageId, content: each.content };
            if (by === 'the event') outbox.confirm({ ...confirmed(1), content: 'as far as the other device knew' });
            throw taken;
          },
        },
      );
      const sent = outbox.add(intent(1, { clearDraft: true }));
      expect(await sent).toMatchObject({ content: intent(1).content });
      expect(new Set(ids).size).toBe(2);
      await until(() => outbox.pending.every(({ status }) => status === 'sent'));
      expect(await storage.load()).toEqual([]);
    },
  );

  it('discards a message', async () => {
    const { storage } = setup({ 1: [archived] });
    await outbox.add(intent(1)).catch(() => undefined);
    await outbox.discard(uuid(1));
    expect(outbox.pending).toEqual([]);
    expect(await storage.load()).toEqual([]);
  });

  it('gives up on a server that always fails internally, not on one that cannot be reached', async () => {
    const internal = refusal(problem('internal'));
    const { delivered } = setup({ 1: Array(20).fill(internal), 2: [...Array(8).fill(network), 'ok'] });
    await expect(outbox.add(intent(1))).rejects.toBe(internal);
    await outbox.add(intent(2));
    expect(delivered.filter((n) => n === 2)).toHaveLength(9);
    expect(delivered.filter((n) => n === 1).length).toBeLessThan(10);
  });

  it.each([
    ['memory', () => memoryStorage<SendIntent>()],
    ['web storage', () => webStorage<SendIntent>(localStorageLike(), 'atrium')],
  ])('takes up what an earlier run has left in %s, in order', async (_, make: () => IntentStorage) => {
    const storage = make();
    await storage.put(intent(2));
    await storage.put(intent(1, { createdAt: 1 }));
    await storage.put(intent(3, { problem: problem('archived') }));
    const { delivered } = setup({}, { storage });
    await outbox.restore();
    await until(() => delivered.length === 2);
    expect(delivered).toEqual([1, 2]);
    await until(() => statuses().join() === '1 sent,2 sent,3 failed');
    expect((await storage.load()).map(numberOf)).toEqual([3]);
  });

  it('sends even if nothing can be stored, and reports that', async () => {
    const errors: unknown[] = [];
    const full: IntentStorage = {
      load: async () => [],
      put: () => Promise.reject(new Error('disk full')),
      remove: async () => undefined,
    };
    setup({}, { storage: full, deliver: async () => confirmed(1), onError: (error) => errors.push(error) });
    await outbox.add(intent(1));
    expect(errors).toEqual([new Error('disk full')]);
  });

  it('rejects pending calls when it is closed', async () => {
    setup({ 1: [refusal(problem('rate_limited', { retryAfterMs: 60_000 }))] });
    const sent = outbox.add(intent(1));
    await until(() => outbox.pending.length === 1);
    setTimeout(() => outbox.close(), 10);
    await expect(sent).rejects.toMatchObject({ code: 'closed' });
  });
});

function localStorageLike() {
  const values = new Map<string, string>();
  return {
    getItem: (key: string) => values.get(key) ?? null,
    setItem: (key: string, value: string) => values.set(key, value),
  };
}

import { afterEach, describe, expect, it } from 'vitest';
import { problem } from '../../test/live-server.ts';
import { until } from '../../test/until.ts';
import { AtriumError, refusal } from '../error.ts';
import { type CommandIntent, CommandQueue, type CommandQueueOptions } from './command-queue.ts';
import { memoryStorage } from './storage.ts';

const DAY = 24 * 3_600_000;
let queue: CommandQueue;

afterEach(() => queue.close());

const intent = (key: string, change: Partial<CommandIntent> = {}): CommandIntent => ({
  key,
  name: 'workspaces.update',
  input: { workspaceId: 'w', name: key },
  queue: '',
  createdAt: Number.parseInt(key, 36),
  ...change,
});
const network = new AtriumError('network', 'gone');
const conflict = refusal(problem('conflict'));

/** A queue whose deliveries have planned results, by key; `ok` after that. */
function setup(plan: Record<string, Error[]> = {}, options: Partial<CommandQueueOptions> = {}) {
  const delivered: string[] = [];
  const storage = options.storage ?? memoryStorage<CommandIntent>();
  let keys = 0;
  queue = new CommandQueue({
    storage,
    async deliver({ key }) {
      expect((await storage.load()).find((each) => each.key === key)).toMatchObject({ tried: true });
      delivered.push(key);
      const failure = plan[key]?.shift();
      if (failure) throw failure;
      return { done: key };
    },
    now: () => DAY,
    newKey: () => `new-${++keys}`,
    onChange: () => undefined,
    onError: (error) => {
      throw error;
    },
    random: () => 0,
    ...options,
  });
  return { delivered, storage };
}

const statuses = () => queue.commands.map(({ key, status }) => `${key} ${status}`);

describe('CommandQueue', () => {
  it('shows a command until it is answered, and stores it before it is sent', async () => {
    const { storage } = setup();
    const answer = queue.add(intent('a'));
    expect(statuses()).toEqual(['a waiting']);
    expect(await answer).toEqual({ done: 'a' });
    expect(statuses()).toEqual([]);
    await until(() => queue.commands.length === 0);
    expect(await storage.load()).toEqual([]);
  });

  it('sends commands of a queue one after another with the same keys, whatever fails', async () => {
    const { delivered } = setup({ a: [network, network], b: [network] });
    await Promise.all(['a', 'b', 'c'].map((key) => queue.add(intent(key))));
    expect(delivered).toEqual(['a', 'a', 'a', 'b', 'b', 'c']);
  });

  it('does not delay one queue when another waits', async () => {
    const { delivered } = setup({ a: [refusal(problem('rate_limited', { retryAfterMs: 60_000 }))] });
    void queue.add(intent('a')).catch(() => undefined);
    await queue.add(intent('b', { queue: 'other' }));
    expect(delivered).toEqual(['a', 'b']);
  });

  it('keeps a refused command with its problem, continues with the next, and sends it again on retry', async () => {
    const { delivered, storage } = setup({ a: [conflict] });
    const first = queue.add(intent('a'));
    const second = queue.add(intent('b'));
    await expect(first).rejects.toBe(conflict);
    await second;
    expect(queue.commands).toMatchObject([{ key: 'a', status: 'failed', problem: { code: 'conflict' } }]);
    expect(await storage.load()).toMatchObject([{ key: 'a', problem: { code: 'conflict' } }]);
    await queue.retry('a');
    await until(() => statuses().length === 0);
    expect(delivered).toEqual(['a', 'b', 'a']);
    expect(await storage.load()).toEqual([]);
  });

  it('discards a command', async () => {
    const { storage } = setup({ a: [refusal(problem('rate_limited', { retryAfterMs: 60_000 }))] });
    const answer = queue.add(intent('a'));
    const refused = expect(answer).rejects.toMatchObject({ code: 'aborted' });
    await until(() => queue.commands[0]?.tried === true);
    await queue.discard('a');
    await refused;
    expect(statuses()).toEqual([]);
    expect(await storage.load()).toEqual([]);
  });

  it('loads the commands of an earlier run, in order: refused ones as refused', async () => {
    const storage = memoryStorage<CommandIntent>();
    await storage.put(intent('b', { tried: true }));
    await storage.put(intent('a'));
    await storage.put(intent('c', { problem: problem('conflict') }));
    const { delivered } = setup({}, { storage });
    await queue.restore();
    await until(() => statuses().join() === 'c failed');
    expect(delivered).toEqual(['a', 'b']);
    expect((await storage.load()).map(({ key }) => key)).toEqual(['c']);
  });

  it('does not repeat a command that the server may have carried out and forgotten; a retry is a new command', async () => {
    const storage = memoryStorage<CommandIntent>();
    await storage.put(intent('a', { tried: true }));
    await storage.put(intent('b'));
    const { delivered } = setup({}, { storage, now: () => 7 * DAY });
    await queue.restore();
    await until(() => statuses().join() === 'a failed');
    expect(delivered).toEqual(['b']);
    expect(queue.commands[0]).toMatchObject({ outdated: true });
    await queue.retry('a');
    await until(() => statuses().length === 0);
    expect(delivered).toEqual(['b', 'new-1']);
    expect(await storage.load()).toEqual([]);
  });

  it('sends even if nothing can be stored, and reports that', async () => {
    const errors: unknown[] = [];
    const full = { load: async () => [], put: () => Promise.reject(new Error('full')), remove: async () => undefined };
    setup({}, { storage: full, deliver: async () => 'done', onError: (error) => errors.push(error) });
    expect(await queue.add(intent('a'))).toBe('done');
    expect(errors).toEqual([new Error('full'), new Error('full')]);
  });

  it('rejects pending calls when it is closed, and keeps what was not sent', async () => {
    const { storage } = setup({ a: [refusal(problem('rate_limited', { retryAfterMs: 60_000 }))] });
    const answer = queue.add(intent('a'));
    await until(() => queue.commands[0]?.tried === true);
    queue.close();
    await expect(answer).rejects.toMatchObject({ code: 'closed' });
    expect(await storage.load()).toMatchObject([{ key: 'a', tried: true }]);
  });
});

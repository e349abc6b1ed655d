import { describe, expect, it } from 'vitest';
import { type DraftInput, Drafts } from './drafts.ts';

/** A server that answers each draft when the test says so. */
function slowServer() {
  const taken: DraftInput[] = [];
  const waiting: (() => void)[] = [];
  let shown: string | undefined;
  const drafts = new Drafts(
    (draft) => {
      taken.push(draft);
      return new Promise<void>((resolve) => waiting.push(resolve));
    },
    () => shown,
  );
  const answer = async () => {
    waiting.shift()?.();
    await new Promise((resolve) => setTimeout(resolve));
  };
  const show = (sendAs: string) => {
    shown = sendAs;
  };
  return { answer, drafts, show, taken, texts: () => taken.map(({ content }) => content) };
}

it('saves one at a time, and then the newest of those that were added meanwhile', async () => {
  const { answer, drafts, texts } = slowServer();
  const all = ['a', 'ab', 'abc'].map((content) => drafts.set('room', content));
  drafts.set('room', 'in the thread', 'thread').catch(() => undefined);
  expect(texts()).toEqual(['a', 'in the thread']);
  await answer();
  expect(texts()).toEqual(['a', 'in the thread', 'abc']);
  await answer();
  await answer();
  await Promise.all(all);
});

it('gives a message the id of its drafts, and drops unsent ones; the next draft is a new one', async () => {
  const { answer, drafts, taken, texts } = slowServer();
  drafts.set('room', 'a').catch(() => undefined);
  drafts.set('room', 'ab').catch(() => undefined);
  const id = drafts.take('room');
  expect(taken).toMatchObject([{ content: 'a', sendAs: id }]);
  drafts.set('room', 'next').catch(() => undefined);
  await Promise.resolve();
  expect(texts()).toEqual(['a']);
  await answer();
  expect(texts()).toEqual(['a', 'next']);
  expect(taken[1]?.sendAs).not.toBe(id);
  expect(drafts.take('elsewhere')).not.toBe(drafts.take('elsewhere'));
});

it('continues after a refusal', async () => {
  let refuse = true;
  const taken: string[] = [];
  const drafts = new Drafts(
    async ({ content }) => {
      taken.push(content);
      if (refuse) throw new Error('too many');
    },
    () => undefined,
  );
  await expect(drafts.set('room', 'a')).rejects.toThrow('too many');
  refuse = false;
  await drafts.set('room', 'ab');
  expect(taken).toEqual(['a', 'ab']);
});

it('loses nothing that is added at the moment when a call ends', async () => {
  for (let later = 0; later < 8; later += 1) {
    const taken: string[] = [];
    const drafts = new Drafts(
      async ({ content }) => {
        taken.push(content);
      },
      () => undefined,
    );
    drafts.set('room', 'a').catch(() => undefined);
    for (let turn = 0; turn < later; turn += 1) await Promise.resolve();
    await drafts.set('room', 'ab');
    expect(taken.at(-1)).toBe('ab');
  }
});

it('sends newer content although the previous one was refused', async () => {
  const taken: string[] = [];
  const drafts = new Drafts(
    async ({ content }) => {
      taken.push(content);
      if (content === 'too long') throw new Error('refused');
    },
    () => undefined,
  );
  await Promise.all([drafts.set('room', 'too long'), drafts.set('room', 'short')]);
  expect(taken).toEqual(['too long', 'short']);
});

describe('a draft of another session', () => {
  it('is continued and sent with its id, once', async () => {
    const taken: DraftInput[] = [];
    const drafts = new Drafts(
      async (draft) => {
        taken.push(draft);
      },
      (_, threadId) => (threadId ? undefined : 'theirs'),
    );
    await drafts.set('room', 'on');
    await drafts.set('room', 'in the thread', 'thread');
    expect(taken.map(({ sendAs }) => sendAs === 'theirs')).toEqual([true, false]);
    expect(drafts.take('room')).toBe('theirs');
    // Still shown for a moment, until the event has arrived.
    expect(drafts.take('room')).not.toBe('theirs');
  });

  it('replaces the local one if no call is running', async () => {
    const { answer, drafts, taken, show } = slowServer();
    drafts.set('room', 'mine').catch(() => undefined);
    show('theirs');
    drafts.set('room', 'mine still').catch(() => undefined);
    await answer();
    await answer();
    expect(taken[1]?.sendAs).toBe(taken[0]?.sendAs);
    expect(drafts.take('room')).toBe('theirs');
  });

  it('ends when that session has sent it, also if it was never shown', async () => {
    for (const end of [
      (drafts: Drafts, id: string) => drafts.sent(id, 'a'),
      (drafts: Drafts) => drafts.shownAfresh(),
    ]) {
      const { answer, drafts, taken } = slowServer();
      drafts.set('room', 'a').catch(() => undefined);
      await answer();
      end(drafts, taken[0]!.sendAs);
      expect(drafts.take('room')).not.toBe(taken[0]?.sendAs);
    }
  });

  it('does not delete text that was written here in the meantime and is not saved yet', async () => {
    const { answer, drafts, taken, texts } = slowServer();
    drafts.set('room', 'Dear all').catch(() => undefined);
    await answer();
    drafts.set('room', 'Dear all, and').catch(() => undefined);
    drafts.set('room', 'Dear all, and more').catch(() => undefined);
    const id = taken[0]!.sendAs;
    drafts.sent(id, 'Dear all');
    await answer();
    await answer();
    expect(texts()).toEqual(['Dear all', 'Dear all, and', 'Dear all, and more']);
    expect(taken.map(({ sendAs }) => sendAs === id)).toEqual([true, true, false]);
  });

  it('ends together with a running call and text that equals the sent message', async () => {
    const { answer, drafts, texts, taken } = slowServer();
    drafts.set('room', 'Dear all').catch(() => undefined);
    drafts.sent(taken[0]!.sendAs, 'Dear all');
    await answer();
    expect(texts()).toEqual(['Dear all']);
  });
});

import { expect, it } from 'vitest';
import { type DraftInput, Drafts } from './drafts.ts';

/** Takes each draft when told to. */
function slowServer() {
  const taken: DraftInput[] = [];
  const waiting: (() => void)[] = [];
  const drafts = new Drafts((draft) => {
    taken.push(draft);
    return new Promise<void>((resolve) => waiting.push(resolve));
  });
  const answer = async () => {
    waiting.shift()?.();
    await new Promise((resolve) => setTimeout(resolve));
  };
  return { answer, drafts, taken, texts: () => taken.map(({ content }) => content) };
}

it('keeps one at a time, and of those that came meanwhile the newest', async () => {
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

it('gives a message the id of its drafts, and drops what has not gone out; the next draft is another one', async () => {
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

it('goes on after a refusal', async () => {
  let refuse = true;
  const taken: string[] = [];
  const drafts = new Drafts(async ({ content }) => {
    taken.push(content);
    if (refuse) throw new Error('too many');
  });
  await expect(drafts.set('room', 'a')).rejects.toThrow('too many');
  refuse = false;
  await drafts.set('room', 'ab');
  expect(taken).toEqual(['a', 'ab']);
});

import type { Message } from '@atrium/client';
import { describe, expect, it } from 'vitest';
import { type RowsInput, rowsOf } from './rows.ts';

const at = (time: string) => `2026-11-26T${time}:00.000Z`;
let seq = 0;
const next = () => {
  seq += 1;
  return seq;
};
const message = (senderId: string, time: string, more: Partial<Message> = {}): Message => ({
  id: `m${next()}`,
  conversationId: 'c',
  seq,
  senderId,
  clientMessageId: `k${seq}`,
  type: 'text',
  content: 'x',
  replyTo: null,
  createdAt: at(time),
  version: 1,
  ...more,
});

const rows = (messages: Message[], more: Partial<RowsInput> = {}) =>
  rowsOf({
    messages,
    pending: [],
    myId: 'ann',
    readSeq: undefined,
    dayOf: (instant) => new Date(instant).toISOString().slice(0, 10),
    withoutReplies: true,
    ...more,
  });

describe('the rows of a history', () => {
  it('joins messages of one person within five minutes', () => {
    const shown = rows([
      message('ann', '09:00'),
      message('ann', '09:04'),
      message('ann', '09:06'),
      message('ben', '09:06'),
      message('ben', '09:07'),
    ]);
    expect(shown.map(({ joined }) => joined)).toEqual([false, true, false, false, true]);
  });

  it('shows the day above its first message', () => {
    const shown = rows([message('ann', '23:59'), message('ann', '23:59', { createdAt: '2026-11-27T00:00:30.000Z' })]);
    expect(shown.map(({ day, joined }) => [day, joined])).toEqual([
      ['2026-11-26', false],
      ['2026-11-27', false],
    ]);
  });

  it('joins nothing to system messages and deleted ones', () => {
    const shown = rows([
      message('ann', '09:00', { type: 'system' }),
      message('ann', '09:00'),
      message('ann', '09:01', { deletedAt: at('09:02') }),
      message('ann', '09:02'),
    ]);
    expect(shown.map(({ joined }) => joined)).toEqual([false, false, false, false]);
  });

  it('does not join two names of one webhook', () => {
    const via = (name: string) => ({ via: { webhookId: 'w', name, avatar: null, emoji: null } });
    const shown = rows([
      message('w', '09:00', via('CI')),
      message('w', '09:00', via('CI')),
      message('w', '09:01', via('Deploy')),
    ]);
    expect(shown.map(({ joined }) => joined)).toEqual([false, true, false]);
  });

  it('shows the line above the first new message of another person, once', () => {
    const messages = [
      message('ben', '09:00'),
      message('ann', '09:01'),
      message('ben', '09:02'),
      message('ben', '09:03'),
    ];
    const shown = rows(messages, { readSeq: messages[0]!.seq });
    expect(shown.map(({ isNew }) => isNew)).toEqual([false, false, true, false]);
    expect(shown.map(({ joined }) => joined)).toEqual([false, false, false, true]);
  });

  it('leaves replies out of the conversation, but not out of the thread', () => {
    const messages = [message('ben', '09:00'), message('ben', '09:01', { threadId: 'm1', replyTo: 'm1' })];
    expect(rows(messages)).toHaveLength(1);
    expect(rows(messages, { withoutReplies: false })).toHaveLength(2);
  });

  it('shows my pending messages at the end, with a stable key', () => {
    const pending = [
      {
        clientMessageId: 'k9',
        conversationId: 'c',
        content: 'hi',
        createdAt: Date.parse(at('09:02')),
        status: 'sending' as const,
      },
    ];
    const sent = rows([message('ann', '09:00'), message('ann', '09:02', { clientMessageId: 'k9' })]);
    const waiting = rows([message('ann', '09:00')], { pending });
    expect(waiting.map(({ joined }) => joined)).toEqual([false, true]);
    expect(waiting.at(-1)?.key).toBe(sent.at(-1)?.key);
  });
});

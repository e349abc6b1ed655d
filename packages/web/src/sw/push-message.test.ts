import { expect, it } from 'vitest';
import { readPushMessage } from './push-message.ts';

const whole = { id: 'a', title: 'Task assigned to you', body: 'Ann assigned you: Twine', link: '/tasks/1', unread: 3 };

it('reads what the server sends', () => {
  expect(readPushMessage(JSON.stringify({ ...whole, type: 'task' }))).toEqual(whole);
});

it.each([
  ['no JSON', undefined],
  ['null', undefined],
  ['{}', undefined],
  [JSON.stringify({ ...whole, title: 5 }), undefined],
  [JSON.stringify({ ...whole, link: 'https://elsewhere.example/' }), { ...whole, link: '/inbox/notifications' }],
  [JSON.stringify({ ...whole, link: '//elsewhere.example' }), { ...whole, link: '/inbox/notifications' }],
  [JSON.stringify({ ...whole, link: null, unread: 'x' }), { ...whole, link: '/inbox/notifications', unread: 0 }],
])('of %s it makes %o', (text, message) => {
  expect(readPushMessage(text)).toEqual(message);
});

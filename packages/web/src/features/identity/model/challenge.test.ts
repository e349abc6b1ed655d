import { expect, it } from 'vitest';
import { readChallenge } from './challenge.ts';

const challenge = { id: 'abc', methods: ['totp', 'email'] };

it.each([
  ['', undefined],
  ['token=abc', undefined],
  ['challenge=&methods=totp', undefined],
  ['challenge=abc&methods=totp%2Cemail', { challenge }],
  ['challenge=abc&methods=totp%2Cemail&returnTo=%2Ftasks%3Fq%3D1', { challenge, returnTo: '/tasks?q=1' }],
  ['challenge=abc&methods=totp%2Cemail&returnTo=%2F%2Fevil.example', { challenge }],
  ['challenge=abc&methods=totp%2Cemail&returnTo=%2F%5Cevil.example', { challenge }],
  ['challenge=abc&methods=totp%2Cemail&returnTo=https%3A%2F%2Fevil.example', { challenge }],
])('reads %j', (text, expected) => {
  expect(readChallenge(text)).toEqual(expected);
});

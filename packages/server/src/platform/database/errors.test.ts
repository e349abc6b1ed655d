import { expect, test } from 'vitest';
import { DatabaseUnavailable, isRetryable, isStorageFull, isUnavailable, isUniqueViolation } from './errors.ts';

function coded(code: string, constraint?: string): Error {
  return Object.assign(new Error('refused'), { code, constraint });
}

test('a lost or refusing database is unavailable, a refused statement is not', () => {
  for (const code of ['57P01', '57P03', '53300', '08006', '08P01', '57014', '55P03', 'ECONNREFUSED', 'EPIPE']) {
    expect(isUnavailable(coded(code)), code).toBe(true);
  }
  expect(isUnavailable(new Error('Connection terminated unexpectedly'))).toBe(true);
  expect(isUnavailable(new AggregateError([coded('ECONNREFUSED')]))).toBe(true);
  expect(isUnavailable(new DatabaseUnavailable('away'))).toBe(true);
  for (const code of ['23505', '42P01', '40001', '53100', '22P02'])
    expect(isUnavailable(coded(code)), code).toBe(false);
  for (const other of [undefined, null, 'text', 7, {}, new Error('any')]) expect(isUnavailable(other)).toBe(false);
});

test('only errors that may succeed when repeated are retryable', () => {
  expect([isRetryable(coded('40001')), isRetryable(coded('40P01')), isRetryable(coded('23505'))]).toEqual([
    true,
    true,
    false,
  ]);
});

test('a unique violation is recognized by its constraint', () => {
  expect(isUniqueViolation(coded('23505', 'user_email_key'))).toBe(true);
  expect(isUniqueViolation(coded('23505', 'user_email_key'), 'user_email_key')).toBe(true);
  expect(isUniqueViolation(coded('23505', 'other'), 'user_email_key')).toBe(false);
  expect(isUniqueViolation(coded('23503', 'user_email_key'), 'user_email_key')).toBe(false);
});

test('a full disk is a separate error', () => {
  expect([isStorageFull(coded('53100')), isStorageFull(coded('ENOSPC')), isStorageFull(coded('53200'))]).toEqual([
    true,
    true,
    false,
  ]);
});

import { createHmac, randomBytes, timingSafeEqual } from 'node:crypto';
import { type MailKind, mailKind } from '@atrium/protocol';
import { validate } from 'uuid';
import type { Executor, Transaction } from '../../../platform/database/index.ts';
import { keepUnsubscribeKey, unsubscribeKeyOf } from '../rows/settings-store.ts';

/** Below /api/v1. A POST there ends mails of one kind to one person, as RFC 8058 wants it. */
export const UNSUBSCRIBE_PATH = '/unsubscribe/:token';

const sign = (key: Buffer, userId: string, kind: MailKind) =>
  createHmac('sha256', key).update(`unsubscribe ${userId} ${kind}`).digest();

/** The address that ends mails of a kind to a person. It is good for as long as their account is there. */
export async function unsubscribeUrl(
  tx: Transaction,
  { appUrl, userId, kind }: { appUrl: string; userId: string; kind: MailKind },
): Promise<string> {
  const key = await keepUnsubscribeKey(tx, userId, randomBytes(32));
  const token = `${userId}.${kind}.${sign(key, userId, kind).toString('base64url')}`;
  return `${new URL(appUrl).origin}/api/v1${UNSUBSCRIBE_PATH.replace(':token', token)}`;
}

/** Whose mails of which kind a token ends; undefined: it is none of ours. */
export async function readToken(db: Executor, token: string): Promise<{ userId: string; kind: MailKind } | undefined> {
  const [userId = '', given, signature = '', ...rest] = token.split('.');
  const { data: kind } = mailKind.safeParse(given);
  if (rest.length > 0 || kind === undefined || !validate(userId)) return undefined;
  const key = await unsubscribeKeyOf(db, userId);
  if (key === undefined) return undefined;
  const expected = sign(key, userId, kind);
  const actual = Buffer.from(signature, 'base64url');
  return actual.length === expected.length && timingSafeEqual(actual, expected) ? { userId, kind } : undefined;
}

import { createHmac, randomBytes, timingSafeEqual } from 'node:crypto';
import { type MailKind, mailKind } from '@atrium/protocol';
import { validate } from 'uuid';
import type { Executor, Transaction } from '../../../platform/database/index.ts';
import { keepUnsubscribeKey, unsubscribeKeyOf } from '../rows/settings-store.ts';

/** Below /api/v1. A POST to it ends mails of one kind to one person, as required by RFC 8058. */
export const UNSUBSCRIBE_PATH = '/unsubscribe/:token';

const sign = (key: Buffer, userId: string, kind: MailKind) =>
  createHmac('sha256', key).update(`unsubscribe ${userId} ${kind}`).digest();

/** The URL that ends mails of a kind to a person. It is valid for as long as their account exists. */
export async function unsubscribeUrl(
  tx: Transaction,
  { appUrl, userId, kind }: { appUrl: string; userId: string; kind: MailKind },
): Promise<string> {
  const key = await keepUnsubscribeKey(tx, userId, randomBytes(32));
  const token = `${userId}.${kind}.${sign(key, userId, kind).toString('base64url')}`;
  return `${new URL(appUrl).origin}/api/v1${UNSUBSCRIBE_PATH.replace(':token', token)}`;
}

/** The person and the kind of mail of a token; undefined if it is not one of ours. */
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

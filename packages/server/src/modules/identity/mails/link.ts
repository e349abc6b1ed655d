import { createHash, randomBytes } from 'node:crypto';
import type { Transaction } from '../../../platform/database/index.ts';
import type { Enqueue } from '../../../platform/jobs/index.ts';
import { mailTemplate, queueMail } from '../../../platform/mail/index.ts';
import type { AccountRow } from '../rows/account-store.ts';
import { type Addressee, addresseeOf } from './addressee.ts';
import { type LinkPurpose, putLink } from './link-store.ts';

const TOKEN_BYTES = 32;
const HOUR_MS = 3_600_000;

interface LinkKind {
  purpose: LinkPurpose;
  hours: number;
  path: string;
  title: string;
  label: string;
  text: string;
}

/** `open_account` confirms a sign-up on instances that do not reveal which addresses have an account. */
export type LinkName = LinkPurpose | 'open_account';

const kinds: Readonly<Record<LinkName, LinkKind>> = {
  open_account: {
    purpose: 'reset_password',
    hours: 24,
    path: 'reset-password',
    title: 'Open your account',
    label: 'Set a password',
    text: 'someone, most likely you, signed up with this email address. Set a password to activate the account. The link works once and expires after a day; after that, request a password reset.',
  },
  reset_password: {
    purpose: 'reset_password',
    hours: 1,
    path: 'reset-password',
    title: 'Set a new password',
    label: 'Set a new password',
    text: 'someone, most likely you, requested a password reset. The link works once and expires after an hour.',
  },
  reopen_sign_in: {
    purpose: 'reopen_sign_in',
    hours: 24,
    path: 'reopen-sign-in',
    title: 'Signing in with your password is paused',
    label: 'Turn password sign-in back on',
    text: 'too many wrong passwords were entered for your account in a row, so signing in with a password is paused, even with the right one. Your devices stay signed in. Follow the link to turn password sign-in back on; it works once and expires after a day.',
  },
};

/** The hash that is stored for a link. */
export function linkHash(token: string): Buffer {
  return createHash('sha256').update(token).digest();
}

/** Creates and mails a link, replacing the previous one of its kind. A job that runs twice mails it only once. */
export async function mailLink(
  context: { tx: Transaction; now: Date; enqueue: Enqueue },
  appUrl: string,
  account: Pick<AccountRow, 'id'> & Addressee,
  { name, jobId = null }: { name: LinkName; jobId?: string | null },
): Promise<void> {
  const kind = kinds[name];
  const token = randomBytes(TOKEN_BYTES).toString('base64url');
  const expiresAt = new Date(context.now.getTime() + kind.hours * HOUR_MS);
  const isNew = await putLink(context.tx, {
    account_id: account.id,
    purpose: kind.purpose,
    token_hash: linkHash(token),
    job_id: jobId,
    created_at: context.now,
    expires_at: expiresAt,
  });
  if (!isNew) return;
  const { hello, to } = addresseeOf(account);
  const body = mailTemplate({
    appUrl,
    title: kind.title,
    paragraphs: [`${hello}, ${kind.text}`, 'If this was not you, ignore this email.'],
    // The fragment is sent neither to servers, which log URLs, nor to other sites.
    action: { label: kind.label, url: `${kind.path}#token=${token}` },
  });
  await queueMail(context, { to, subject: kind.title, ...body }, { usefulUntil: expiresAt });
}

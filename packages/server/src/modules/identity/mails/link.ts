import { createHash, randomBytes } from 'node:crypto';
import type { Transaction } from '../../../platform/database/index.ts';
import type { Enqueue } from '../../../platform/jobs/index.ts';
import { mailTemplate, queueMail } from '../../../platform/mail/index.ts';
import type { AccountRow } from '../rows/account-store.ts';
import { type LinkPurpose, putLink } from './link-store.ts';

const TOKEN_BYTES = 32;
const HOUR_MS = 3_600_000;

interface LinkKind {
  purpose: LinkPurpose;
  hours: number;
  path: string;
  title: string;
  label: string;
  words: string;
}

/** `open_account` is how one that was just made is opened where signing up tells nobody which addresses are known. */
export type LinkName = LinkPurpose | 'open_account';

const kinds: Readonly<Record<LinkName, LinkKind>> = {
  open_account: {
    purpose: 'reset_password',
    hours: 24,
    path: 'reset-password',
    title: 'Open your account',
    label: 'Set a password',
    words:
      'somebody, most likely you, has signed up with this address. Set a password to open the account. The link works once, within a day; later, ask for a new password.',
  },
  reset_password: {
    purpose: 'reset_password',
    hours: 1,
    path: 'reset-password',
    title: 'Set a new password',
    label: 'Set a new password',
    words: 'somebody, most likely you, asked for a new password. The link works once, within an hour.',
  },
  reopen_sign_in: {
    purpose: 'reopen_sign_in',
    hours: 24,
    path: 'reopen-sign-in',
    title: 'Signing in with your password is paused',
    label: 'Let my password in again',
    words:
      'wrong passwords were tried on your account too many times in a row, so no password is taken for now, not even the right one. Devices that are signed in stay so. The link lets passwords in again; it works once, within a day.',
  },
};

/** The hash by which the database knows a link. */
export function linkHash(token: string): Buffer {
  return createHash('sha256').update(token).digest();
}

/** Makes a link and mails it; the older one of the same kind stops working. Once for a job, however often it runs. */
export async function mailLink(
  context: { tx: Transaction; now: Date; enqueue: Enqueue },
  appUrl: string,
  account: Pick<AccountRow, 'id' | 'name' | 'email'>,
  { name, jobId = null }: { name: LinkName; jobId?: string | null },
): Promise<void> {
  const kind = kinds[name];
  const token = randomBytes(TOKEN_BYTES).toString('base64url');
  const isNew = await putLink(context.tx, {
    account_id: account.id,
    purpose: kind.purpose,
    token_hash: linkHash(token),
    job_id: jobId,
    created_at: context.now,
    expires_at: new Date(context.now.getTime() + kind.hours * HOUR_MS),
  });
  if (!isNew) return;
  const body = mailTemplate({
    appUrl,
    title: kind.title,
    paragraphs: [`Hello ${account.name}, ${kind.words}`, 'If you did not ask for it, ignore this mail.'],
    // Behind the # it reaches neither a server's log nor another site.
    action: { label: kind.label, url: `${kind.path}#token=${token}` },
  });
  await queueMail(context, { to: { name: account.name, address: account.email }, subject: kind.title, ...body });
}

import { z } from 'zod';
import { defineJob, type JobHandler } from '../../../platform/jobs/index.ts';
import type { Transact } from '../../../platform/module/index.ts';
import { mailLink } from '../mails/link.ts';
import { lockAccount } from '../rows/account-store.ts';

const payload = z.strictObject({ accountId: z.uuid() });

/** Mails a password-reset link. In the background, so that a request takes no longer for a known address. */
export const mailResetLink = defineJob('identity.mail_reset_link', payload);

/** Dependencies of the job that mails reset links. */
export interface ResetMailDeps {
  transact: Transact;
  appUrl: string;
}

/** Mails the link to an account that can be signed in to. */
export function sendResetLink({ transact, appUrl }: ResetMailDeps): JobHandler<z.infer<typeof payload>> {
  return ({ accountId }, run) =>
    transact({ actorId: null }, async (work) => {
      const account = await lockAccount(work.tx, accountId);
      if (account === undefined || account.disabled_at !== null) return;
      await mailLink(work, appUrl, account, { name: 'reset_password', jobId: run.id });
    });
}

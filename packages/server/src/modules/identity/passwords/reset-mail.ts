import type { Clock } from '../../../platform/clock/index.ts';
import type { Database, Transaction } from '../../../platform/database/index.ts';
import type { Job, JobHandler } from '../../../platform/jobs/index.ts';
import { mailLink } from '../mails/link.ts';
import { lockAccount } from '../rows/account-store.ts';

declare module '../../../platform/jobs/job.ts' {
  interface Jobs {
    'identity.mail_reset_link': { accountId: string };
  }
}

/** What mailing in the background needs of the program. */
export interface ResetMailDeps {
  database: Pick<Database, 'transaction'>;
  clock: Pick<Clock, 'now'>;
  addJobs(tx: Transaction, jobs: readonly Job[]): Promise<void>;
  appUrl: string;
}

/** Mails the link to set a new password. In the background, so that asking takes no longer for a known address. */
export function resetMailHandler(deps: ResetMailDeps): JobHandler<'identity.mail_reset_link'> {
  return ({ accountId }, run) =>
    deps.database.transaction(async (tx) => {
      const account = await lockAccount(tx, accountId);
      if (account === undefined || account.disabled_at !== null) return;
      const jobs: Job[] = [];
      const context = { tx, now: deps.clock.now(), enqueue: (job: Job) => void jobs.push(job) };
      await mailLink(context, deps.appUrl, account, { name: 'reset_password', jobId: run.id });
      if (jobs.length > 0) await deps.addJobs(tx, jobs);
    });
}

import { type AccessHolds, problem } from '../../../platform/module/index.ts';
import { holdAccount, holdAdmin, lockAccount } from './account-store.ts';

/** Keeps accounts and the administrator role unchanged until a command of theirs has ended. */
export const accountHolds: AccessHolds = {
  async user(tx, { userId }, _input, { lock }) {
    const account = lock === 'hold' ? await holdAccount(tx, userId) : await lockAccount(tx, userId);
    if (account === undefined) throw problem('invalid_token');
  },
  async 'instance:admin'(tx, { userId }) {
    if (!(await holdAdmin(tx, userId))) throw problem('forbidden');
  },
};

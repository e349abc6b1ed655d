import { type AccessHolds, problem } from '../../../platform/module/index.ts';
import { holdAccount, holdAdmin, lockAccount } from './account-store.ts';

/** Keeps accounts, and who runs the instance, until a command of theirs is done. */
export const accountHolds: AccessHolds = {
  async user(tx, { userId }, _input, { lock }) {
    const account = lock === 'hold' ? await holdAccount(tx, userId) : await lockAccount(tx, userId);
    if (account === undefined) throw problem('invalid_token');
  },
  async 'instance:admin'(tx, { userId }) {
    if (!(await holdAdmin(tx, userId))) throw problem('forbidden');
  },
};

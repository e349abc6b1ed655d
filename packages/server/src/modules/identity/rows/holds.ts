import { type AccessHolds, problem } from '../../../platform/module/index.ts';
import { holdAccount, holdAdmin } from './account-store.ts';

/** Keeps accounts, and who runs the instance, until a command of theirs is done. */
export const accountHolds: AccessHolds = {
  async user(tx, { userId }) {
    if ((await holdAccount(tx, userId)) === undefined) throw problem('invalid_token');
  },
  async 'instance:admin'(tx, { userId }) {
    if (!(await holdAdmin(tx, userId))) throw problem('forbidden');
  },
};

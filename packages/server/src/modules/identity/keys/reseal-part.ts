import type { Executor } from '../../../platform/database/index.ts';
import type { Keyring } from './keyring.ts';

declare module '../../../platform/module/index.ts' {
  interface Module {
    /** Seals every secret of the module with the current data key, so that older keys can be deleted. */
    resealSecrets?(db: Executor, keyring: Pick<Keyring, 'sealAnew'>): Promise<unknown>;
  }
}

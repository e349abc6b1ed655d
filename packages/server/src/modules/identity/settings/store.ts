import type { InstanceSettings } from '@atrium/protocol';
import type { Generated } from 'kysely';
import type { Executor, Transaction } from '../../../platform/database/index.ts';

interface InstanceSettingTable {
  only_row: Generated<boolean>;
  unverified_may: Generated<InstanceSettings['unverifiedMay']>;
  first_account_at: Generated<Date | null>;
}

declare module '../../../platform/database/tables.ts' {
  interface Tables {
    instance_setting: InstanceSettingTable;
  }
}

/** The settings of this instance as they are now. */
export async function instanceSettings(db: Executor): Promise<InstanceSettings> {
  const row = await db.selectFrom('instance_setting').select('unverified_may').executeTakeFirstOrThrow();
  return { unverifiedMay: row.unverified_may };
}

/** The same, held until the transaction ends: one change at a time. */
export async function lockInstanceSettings(tx: Transaction): Promise<InstanceSettings> {
  const row = await tx.selectFrom('instance_setting').select('unverified_may').forUpdate().executeTakeFirstOrThrow();
  return { unverifiedMay: row.unverified_may };
}

export async function updateInstanceSettings(tx: Transaction, settings: InstanceSettings): Promise<void> {
  await tx.updateTable('instance_setting').set({ unverified_may: settings.unverifiedMay }).execute();
}

/**
 * True for exactly one registration of an instance, its first: the others wait for the row until that one is decided.
 * Later ones find nothing to update and wait for nobody.
 */
export async function claimFirstAccount(tx: Transaction, now: Date): Promise<boolean> {
  const { numUpdatedRows } = await tx
    .updateTable('instance_setting')
    .set({ first_account_at: now })
    .where('first_account_at', 'is', null)
    .executeTakeFirst();
  return numUpdatedRows === 1n;
}

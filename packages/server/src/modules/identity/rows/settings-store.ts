import type { InstanceSettings } from '@atrium/protocol';
import type { Generated, Selectable } from 'kysely';
import type { Executor, Transaction } from '../../../platform/database/index.ts';

interface InstanceSettingTable {
  only_row: Generated<boolean>;
  unverified_may: Generated<InstanceSettings['unverifiedMay']>;
  neutral_registration: Generated<boolean>;
  first_account_at: Generated<Date | null>;
}

declare module '../../../platform/database/index.ts' {
  interface Tables {
    instance_setting: InstanceSettingTable;
  }
}

const columns = ['unverified_may', 'neutral_registration'] as const;

function present(row: Pick<Selectable<InstanceSettingTable>, (typeof columns)[number]>): InstanceSettings {
  return { unverifiedMay: row.unverified_may, neutralRegistration: row.neutral_registration };
}

/** The settings of this instance as they are now. */
export async function instanceSettings(db: Executor): Promise<InstanceSettings> {
  return present(await db.selectFrom('instance_setting').select(columns).executeTakeFirstOrThrow());
}

/** The same, held until the transaction ends: one change at a time. */
export async function lockInstanceSettings(tx: Transaction): Promise<InstanceSettings> {
  return present(await tx.selectFrom('instance_setting').select(columns).forUpdate().executeTakeFirstOrThrow());
}

export async function updateInstanceSettings(tx: Transaction, settings: InstanceSettings): Promise<void> {
  const { unverifiedMay: unverified_may, neutralRegistration: neutral_registration } = settings;
  await tx.updateTable('instance_setting').set({ unverified_may, neutral_registration }).execute();
}

/** Whether somebody has an account here, or had one. */
export async function hasAccounts(db: Executor): Promise<boolean> {
  const { first_account_at } = await db
    .selectFrom('instance_setting')
    .select('first_account_at')
    .executeTakeFirstOrThrow();
  return first_account_at !== null;
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

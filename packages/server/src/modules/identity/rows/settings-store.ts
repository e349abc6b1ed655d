import type { InstanceSettings } from '@atrium/protocol';
import type { Generated, Selectable } from 'kysely';
import type { Executor, Transaction } from '../../../platform/database/index.ts';

interface InstanceSettingTable {
  only_row: Generated<boolean>;
  unverified_may: Generated<InstanceSettings['unverifiedMay']>;
  neutral_registration: Generated<boolean>;
  registration: Generated<InstanceSettings['registration']>;
  setup_token_hash: Generated<Buffer | null>;
  first_account_at: Generated<Date | null>;
}

declare module '../../../platform/database/index.ts' {
  interface Tables {
    instance_setting: InstanceSettingTable;
  }
}

const columns = ['unverified_may', 'registration', 'neutral_registration'] as const;

function present(row: Pick<Selectable<InstanceSettingTable>, (typeof columns)[number]>): InstanceSettings {
  return {
    unverifiedMay: row.unverified_may,
    registration: row.registration,
    neutralRegistration: row.neutral_registration,
  };
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
  const { unverifiedMay: unverified_may, registration, neutralRegistration: neutral_registration } = settings;
  await tx.updateTable('instance_setting').set({ unverified_may, registration, neutral_registration }).execute();
}

/** Whether somebody has an account here, or had one, and whether the first is made through a link. */
export async function setupState(db: Executor): Promise<{ isSetUp: boolean; needsSetupLink: boolean }> {
  const row = await db
    .selectFrom('instance_setting')
    .select(['first_account_at', 'setup_token_hash'])
    .executeTakeFirstOrThrow();
  const isSetUp = row.first_account_at !== null;
  return { isSetUp, needsSetupLink: !isSetUp && row.setup_token_hash !== null };
}

/**
 * Requires a token for the first account, or none.
 * @returns false when there is an account already
 */
export async function requireSetupToken(db: Executor, hash: Buffer | null): Promise<boolean> {
  const { numUpdatedRows } = await db
    .updateTable('instance_setting')
    .set({ setup_token_hash: hash })
    .where('first_account_at', 'is', null)
    .executeTakeFirst();
  return numUpdatedRows === 1n;
}

/**
 * True for exactly one registration of an instance, its first: the others wait for the row until that one is decided.
 * Later ones find nothing to update and wait for nobody.
 * @param tokenHash of the token that was given; where one is required, another one claims nothing
 */
export async function claimFirstAccount(tx: Transaction, now: Date, tokenHash?: Buffer): Promise<boolean> {
  const { numUpdatedRows } = await tx
    .updateTable('instance_setting')
    .set({ first_account_at: now, setup_token_hash: null })
    .where('first_account_at', 'is', null)
    .where((eb) =>
      eb.or([eb('setup_token_hash', 'is', null), eb('setup_token_hash', '=', tokenHash ?? Buffer.alloc(0))]),
    )
    .executeTakeFirst();
  return numUpdatedRows === 1n;
}

/** Somebody has an account, whoever holds the link for the first one. */
export async function markSetUp(tx: Transaction, now: Date): Promise<void> {
  await tx
    .updateTable('instance_setting')
    .set({ first_account_at: now, setup_token_hash: null })
    .where('first_account_at', 'is', null)
    .execute();
}

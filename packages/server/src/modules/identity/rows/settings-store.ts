import type { InstanceSettings } from '@atrium/protocol';
import { type Generated, type Selectable, sql } from 'kysely';
import type { Executor, Transaction } from '../../../platform/database/index.ts';

interface InstanceSettingTable {
  only_row: Generated<boolean>;
  unverified_may: Generated<InstanceSettings['unverifiedMay']>;
  neutral_registration: Generated<boolean>;
  registration: Generated<InstanceSettings['registration']>;
  setup_token_hashes: Generated<Buffer[]>;
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

/** The current settings of this instance. */
export async function instanceSettings(db: Executor): Promise<InstanceSettings> {
  return present(await db.selectFrom('instance_setting').select(columns).executeTakeFirstOrThrow());
}

/** The current settings, locked until the transaction ends: one change at a time. */
export async function lockInstanceSettings(tx: Transaction): Promise<InstanceSettings> {
  return present(await tx.selectFrom('instance_setting').select(columns).forUpdate().executeTakeFirstOrThrow());
}

export async function updateInstanceSettings(tx: Transaction, settings: InstanceSettings): Promise<void> {
  const { unverifiedMay: unverified_may, registration, neutralRegistration: neutral_registration } = settings;
  await tx.updateTable('instance_setting').set({ unverified_may, registration, neutral_registration }).execute();
}

/** Whether there is or was an account here, and whether the first one requires a link. */
export async function setupState(db: Executor): Promise<{ isSetUp: boolean; needsSetupLink: boolean }> {
  const row = await db
    .selectFrom('instance_setting')
    .select(['first_account_at', 'setup_token_hashes'])
    .executeTakeFirstOrThrow();
  const isSetUp = row.first_account_at !== null;
  return { isSetUp, needsSetupLink: !isSetUp && row.setup_token_hashes.length > 0 };
}

/** Links that are valid at once: each node shows one when it starts. */
const MOST_SETUP_TOKENS = 20;

/**
 * Requires a token for the first account: this one or one that another node has shown; null lifts the requirement.
 * @returns false if there is an account already
 */
export async function requireSetupToken(db: Executor, hash: Buffer | null): Promise<boolean> {
  const { numUpdatedRows } = await db
    .updateTable('instance_setting')
    .set({ setup_token_hashes: hash === null ? sql`'{}'` : withToken(hash) })
    .where('first_account_at', 'is', null)
    .executeTakeFirst();
  return numUpdatedRows === 1n;
}

/** Adds a token, and drops the oldest ones if there are too many. */
function withToken(hash: Buffer) {
  const first = sql`greatest(1, cardinality(setup_token_hashes) + 2 - ${MOST_SETUP_TOKENS}::int)`;
  return sql<Buffer[]>`(setup_token_hashes || ${hash}::bytea)[${first}:]`;
}

/**
 * True for exactly one registration of an instance, its first: parallel ones wait for the row until that one is
 * decided. Later ones find nothing to update and do not wait.
 * @param tokenHash hash of the given token; if one is required, a wrong one claims nothing
 */
export async function claimFirstAccount(tx: Transaction, now: Date, tokenHash?: Buffer): Promise<boolean> {
  const { numUpdatedRows } = await tx
    .updateTable('instance_setting')
    .set({ first_account_at: now, setup_token_hashes: sql`'{}'` })
    .where('first_account_at', 'is', null)
    .where((eb) =>
      eb.or([
        sql<boolean>`setup_token_hashes = '{}'`,
        sql<boolean>`${tokenHash ?? Buffer.alloc(0)}::bytea = any(setup_token_hashes)`,
      ]),
    )
    .executeTakeFirst();
  return numUpdatedRows === 1n;
}

/** Records that there is an account, so that the link for the first one no longer works. */
export async function markSetUp(tx: Transaction, now: Date): Promise<void> {
  await tx
    .updateTable('instance_setting')
    .set({ first_account_at: now, setup_token_hashes: sql`'{}'` })
    .where('first_account_at', 'is', null)
    .execute();
}

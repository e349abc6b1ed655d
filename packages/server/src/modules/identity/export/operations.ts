import { randomBytes } from 'node:crypto';
import { users } from '@atrium/protocol';
import type { Database } from '../../../platform/database/index.ts';
import {
  command,
  type Download,
  type Implementation,
  problem,
  type Registry,
  secretUrl,
} from '../../../platform/module/index.ts';
import { recordAudit } from '../audit/store.ts';
import { linkHash } from '../mails/link.ts';
import { linkAccount, putLink, takeLink } from '../mails/link-store.ts';
import { lockOwnAccount } from '../passwords/reauthenticate.ts';
import { findAccount } from '../rows/account-store.ts';
import { archiveOf } from './archive.ts';

const TOKEN_BYTES = 32;
/** How long the link to an export is valid. */
const MINUTES = 10;
const PATH = '/exports/:token';

/** `users.export`: returns a link to all data of the caller, which works once. */
export function exportOperations({ appUrl }: { appUrl: string }): Implementation[] {
  return [
    command(
      users.export,
      async (context) => {
        const { tx, now } = context;
        const { id } = await lockOwnAccount(context);
        const token = randomBytes(TOKEN_BYTES).toString('base64url');
        const expiresAt = new Date(now.getTime() + MINUTES * 60_000);
        await putLink(tx, {
          account_id: id,
          purpose: 'export',
          token_hash: linkHash(token),
          job_id: null,
          created_at: now,
          expires_at: expiresAt,
        });
        await recordAudit(tx, context, { kind: 'data_exported', actorId: id, targetId: id });
        const url = secretUrl(appUrl, PATH, token);
        return { url, expiresAt: expiresAt.toISOString() };
      },
      { lock: 'itself' },
    ),
  ];
}

/** The download behind that link: a zip archive, read from the database no faster than the client reads it. */
export function exportDownload(deps: {
  database: Pick<Database, 'db' | 'transaction'>;
  clock: { now(): Date };
  modules: Pick<Registry, 'all'>;
}): Download {
  const { db } = deps.database;
  return {
    path: PATH,
    async open(token) {
      const now = deps.clock.now();
      const link = { tokenHash: linkHash(token), purpose: 'export', now } as const;
      const accountId = await linkAccount(db, link);
      const account = accountId === undefined ? undefined : await findAccount(db, accountId);
      if (account === undefined || !(await deps.database.transaction((tx) => takeLink(tx, link)))) {
        throw problem('not_found');
      }
      const parts = deps.modules.all().flatMap((module) => module.personalData?.(db, account.id) ?? []);
      return {
        name: `atrium-${now.toISOString().slice(0, 10)}.zip`,
        type: 'application/zip',
        content: archiveOf(parts, now),
      };
    },
  };
}

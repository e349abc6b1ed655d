import type { AdminUser } from '@atrium/protocol';
import { presentUser } from '../rows/present.ts';
import { adminUserCanOf } from './policy.ts';
import type { AdminUserRow } from './user-store.ts';

/**
 * An account as an administrator sees it.
 * @param viewerId the administrator
 * @param admins the number of administrators who can sign in
 */
export function presentAdminUser(
  row: AdminUserRow,
  { viewerId, admins }: { viewerId: string; admins: number },
): AdminUser {
  return {
    ...presentUser(row),
    email: row.email,
    emailVerified: row.is_bot || row.email_verified_at !== null,
    role: row.role,
    createdAt: row.created_at.toISOString(),
    disabledAt: row.disabled_at?.toISOString() ?? null,
    lastUsedAt: row.last_used_at?.toISOString() ?? null,
    sessions: row.sessions,
    twoFactor: row.two_factor,
    workspaces: row.workspaces,
    can: adminUserCanOf({
      isSelf: row.id === viewerId,
      isBot: row.is_bot,
      isDeleted: false,
      isLastAdmin: row.role === 'admin' && row.disabled_at === null && admins === 1,
      hasSecondFactor: row.two_factor,
      hasPicture: row.avatar !== null,
    }),
  };
}

import type { AdminUser } from '@atrium/protocol';

/** What decides about an administrator's actions on an account. */
export interface AdminFacts {
  isSelf: boolean;
  isBot: boolean;
  isDeleted: boolean;
  /** Of the whole instance, and not disabled. */
  isLastAdmin: boolean;
  hasSecondFactor: boolean;
  hasPicture: boolean;
}

/**
 * What an administrator may do with an account. For their own they use their settings, which require the password; bots
 * are managed by the admins of their workspace. Pure.
 */
export function adminUserCanOf({
  isSelf,
  isBot,
  isDeleted,
  isLastAdmin,
  hasSecondFactor,
  hasPicture,
}: AdminFacts): AdminUser['can'] {
  const isOther = !isSelf && !isDeleted;
  return {
    changeRole: !isDeleted && !isBot && !isLastAdmin,
    disable: isOther,
    signOut: isOther && !isBot,
    resetSecondFactor: isOther && hasSecondFactor,
    removePicture: isOther && hasPicture,
    delete: isOther && !isBot,
  };
}

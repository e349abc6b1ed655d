import type { AdminUser } from '@atrium/protocol';

/** What decides about what an administrator may do with an account. */
export interface AdminFacts {
  isSelf: boolean;
  isBot: boolean;
  isDeleted: boolean;
  /** Of the whole instance, and not disabled. */
  isLastAdmin: boolean;
  hasSecondFactor: boolean;
}

/**
 * What an administrator may do with an account. For themselves they use their own settings, where the password is asked
 * for; bots belong to those who run their workspace. Pure.
 */
export function adminUserCanOf({
  isSelf,
  isBot,
  isDeleted,
  isLastAdmin,
  hasSecondFactor,
}: AdminFacts): AdminUser['can'] {
  const isOther = !isSelf && !isDeleted;
  return {
    changeRole: !isDeleted && !isBot && !isLastAdmin,
    disable: isOther,
    signOut: isOther && !isBot,
    resetSecondFactor: isOther && hasSecondFactor,
    delete: isOther && !isBot,
  };
}

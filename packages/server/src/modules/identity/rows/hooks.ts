import type { Me, ParsedInputOf, Preferences, User, users } from '@atrium/protocol';

declare module '../../../platform/module/index.ts' {
  interface Hooks {
    /** An account was created; nobody is signed in to it yet. */
    'account:registered': { account: Me };
    /** A person wants to change their profile or preferences: lock now what is locked before accounts. */
    'account:beforeUpdate': { userId: string; wanted: ParsedInputOf<typeof users.updateMe> };
    /** The public profile of a person (name, username, avatar) changed. */
    'account:profileChanged': { user: User };
    /** The avatar of a person changes: the address of a picture, the path of a file or none; their account is locked. */
    'account:avatarChanged': { userId: string; before: string | null; after: string | null };
    /** The preferences of a person changed; their account is locked. */
    'account:preferencesChanged': { userId: string; before: Preferences; after: Preferences };
    /** The time zone of a person changed; their account is locked. */
    'account:timezoneChanged': { userId: string; timezone: string };
    /** A person's account is about to be locked and deleted: lock now what is locked before accounts. */
    'account:beforeDelete': { userId: string };
    /**
     * A person's account is about to be deleted; it is locked and unchanged. The person leaves everything they are in
     * now. `shown` is how the account will be shown.
     */
    'account:deleting': { shown: User };
    /** The account of a person or a bot is being deleted; it is locked. Delete now what is stored for it alone. */
    'account:erasing': { userId: string };
  }
}

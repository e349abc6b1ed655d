import type { Me, ParsedInputOf, Preferences, User, users } from '@atrium/protocol';

declare module '../../../platform/module/index.ts' {
  interface Hooks {
    /** An account was made; nobody is signed in to it yet. */
    'account:registered': { account: Me };
    /** Someone wants to change their profile or preferences: whatever is locked before accounts is locked now. */
    'account:beforeUpdate': { userId: string; wanted: ParsedInputOf<typeof users.updateMe> };
    /** What others see of a person (name, username, avatar) changed. */
    'account:profileChanged': { user: User };
    /** Someone wants to be shown by another picture, a web address or the path of a file, or none; their account is locked. */
    'account:avatarChanged': { userId: string; before: string | null; after: string | null };
    /** Someone prefers something else than before; their account is locked. */
    'account:preferencesChanged': { userId: string; before: Preferences; after: Preferences };
    /** Someone lives in another time zone from now on; their account is locked. */
    'account:timezoneChanged': { userId: string; timezone: string };
    /** A person's account is about to be locked and to go: whatever is locked before accounts is locked now. */
    'account:beforeDelete': { userId: string };
    /**
     * A person's account goes; it is locked and still as it was. What it is in, it leaves now.
     * `shown` is how it will be seen from now on.
     */
    'account:deleting': { shown: User };
    /** The account of a person or a bot goes; it is locked. What is kept for it alone is deleted now. */
    'account:erasing': { userId: string };
  }
}

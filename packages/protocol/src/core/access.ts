/** Who may call an operation, as a rule that several operations share. Its loader on the server decides. */
export interface AccessRuleSpec {
  /** The key of the input that names the thing the rule is about; null: it is about nothing but the caller. */
  subject: string | null;
  /** Who is let in, for the documents: continues "Access: …". */
  description: string;
  /** Problem codes with which the rule refuses those who are signed in. */
  refusals: readonly string[];
  /** The scope that an API token needs, where it is not simply `read` or `write`. */
  scope?: 'admin';
  /** Callers who have not signed in reach the loader too, which decides. */
  signedOut?: true;
}

/** The rules that need no loader. */
export const coreAccess = {
  public: { subject: null, description: 'anyone', refusals: [] },
  user: { subject: null, description: 'everyone who is signed in', refusals: [] },
  'instance:admin': {
    subject: null,
    description: 'administrators of this instance',
    refusals: ['forbidden'],
    scope: 'admin',
  },
} as const satisfies Record<string, AccessRuleSpec>;

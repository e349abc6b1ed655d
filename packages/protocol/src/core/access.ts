/** Who may call an operation; a rule is shared by several operations. Its loader on the server decides. */
export interface AccessRuleSpec {
  /** The key of the input with the subject of the rule; null if it depends on the caller only. */
  subject: string | null;
  /** Who may call, for the documents: continues "Access: …". */
  description: string;
  /** Problem codes with which the rule refuses signed-in callers. */
  refusals: readonly string[];
  /** The scope that an API token needs, if it is not simply `read` or `write`. */
  scope?: 'admin';
  /** The loader is called for callers without a session too, and decides. */
  signedOut?: true;
}

/** The rules without a loader. */
export const coreAccess = {
  public: { subject: null, description: 'anyone', refusals: [] },
  user: { subject: null, description: 'all signed-in users', refusals: [] },
  'instance:admin': {
    subject: null,
    description: 'administrators of this instance',
    refusals: ['forbidden'],
    scope: 'admin',
  },
} as const satisfies Record<string, AccessRuleSpec>;

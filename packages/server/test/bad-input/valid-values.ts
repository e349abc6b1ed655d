import type { Person } from '../app.ts';

/** What exists already: ann's workspace, which bob is a member of, and a channel of hers in it. */
export interface BadInputThings {
  ann: Person;
  bob: Person;
  workspaceId: string;
  conversationId: string;
}

/**
 * Values that an input of this name accepts, with whatever they refer to created first, so that something else of the
 * input is what gets refused.
 */
export type ValidValues = (things: BadInputThings) => Promise<Record<string, string>> | Record<string, string>;

import type { Person } from '../app.ts';

/** Existing objects: ann's workspace, with bob as a member, and a channel of hers in it. */
export interface BadInputThings {
  ann: Person;
  bob: Person;
  workspaceId: string;
  conversationId: string;
}

/**
 * Values that an input of this name accepts, with the objects they refer to, so that another part of the input is
 * refused.
 */
export type ValidValues = (things: BadInputThings) => Promise<Record<string, string>> | Record<string, string>;

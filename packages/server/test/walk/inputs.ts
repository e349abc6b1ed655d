/** Inputs for objects of the shared world that the walks of several features use. */
import { randomBytes } from 'node:crypto';
import type { InputFor } from './define.ts';

/** Unique text. */
export const fresh = () => randomBytes(6).toString('hex');
export const nothing: InputFor = () => ({});
export const workspaceId: InputFor = ({ w }) => ({ workspaceId: w.id });
export const colleague: InputFor = ({ w }) => ({ userId: w.colleague.userId });
/** The private channel, and the public one. */
export const channel: InputFor = ({ w }) => ({ conversationId: w.channel });
export const openChannel: InputFor = ({ w }) => ({ conversationId: w.open });
/** A message in the private channel by its manager, one there by a colleague, and one in the public channel. */
export const ofManager: InputFor = ({ w }) => ({ messageId: w.messages.manager });
export const ofColleague: InputFor = ({ w }) => ({ messageId: w.messages.colleague });
export const inOpen: InputFor = ({ w }) => ({ messageId: w.messages.open });

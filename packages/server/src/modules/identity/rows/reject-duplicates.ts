import { isUniqueViolation } from '../../../platform/database/index.ts';
import { problem } from '../../../platform/module/index.ts';

/** Runs a write, and throws a problem for the name that was taken if the database refused it for that. */
export async function rejectDuplicates<Result>(write: Promise<Result>): Promise<Result> {
  try {
    return await write;
  } catch (error) {
    if (isUniqueViolation(error, 'account_email_key')) throw problem('email_taken');
    if (isUniqueViolation(error, 'account_username_key')) throw problem('username_taken');
    throw error;
  }
}

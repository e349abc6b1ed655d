import type { AtriumError, LocalCode, ProblemCode } from '@atrium/client';
import { i18n, type MessageDescriptor } from '@lingui/core';
import { msg } from '@lingui/core/macro';

/** What to tell a person of each refusal. */
const texts: Readonly<Record<ProblemCode | LocalCode, MessageDescriptor>> = {
  aborted: msg`This was cancelled.`,
  already_done: msg`This was already done, but its answer is not shown again. Look at the list, and create a new one if you need its secret.`,
  already_member: msg`You are already a member.`,
  archived: msg`This conversation is archived, so nothing can be changed in it.`,
  bad_response: msg`The answer did not come from the server. Try again in a moment.`,
  bad_type: msg`This type of file is not accepted, or the content does not match the file name.`,
  challenge_failed: msg`The code is wrong, or the sign-in took too long. Try again, or start over.`,
  closed: msg`The connection was closed.`,
  code_wrong: msg`This code is wrong or has expired. Use the latest one.`,
  conflict: msg`This conflicts with the current state.`,
  email_taken: msg`An account with this address already exists.`,
  forbidden: msg`You are not allowed to do this.`,
  idempotency_mismatch: msg`This was already sent with other content. Reload the page.`,
  in_progress: msg`This is already in progress.`,
  internal: msg`Something went wrong on the server. Try again; the details are in its log.`,
  invalid_credentials: msg`E-mail address or password is wrong.`,
  invalid_input: msg`Something here is not filled in correctly.`,
  invalid_json: msg`The server could not read this. Reload the page.`,
  invalid_token: msg`You are signed out. Sign in again.`,
  last_owner: msg`A workspace needs an owner. Make someone else an owner first.`,
  last_sign_in: msg`This is your only way to sign in, so it cannot be removed.`,
  link_wrong: msg`This link is invalid, was already used, or has expired.`,
  method_not_allowed: msg`The server does not accept this. Reload the page.`,
  network: msg`There is no connection to the server.`,
  not_found: msg`This does not exist, or you cannot see it.`,
  origin_refused: msg`The server does not accept requests from this address.`,
  out_of_stock: msg`There is not enough in stock.`,
  password_refused: msg`This password is too easy to guess. Choose another one.`,
  password_wrong: msg`The password is wrong.`,
  payload_too_large: msg`This is too large.`,
  headers_too_large: msg`The request was too large. Delete the cookies of this site and try again.`,
  period_locked: msg`This period is locked, so its time cannot change.`,
  price_changed: msg`A price has changed since you looked.`,
  registration_closed: msg`New accounts need an invitation. Ask your administrator.`,
  quota_exceeded: msg`This workspace has no space left for these files. Delete some, or ask an administrator.`,
  rate_limited: msg`Too many attempts. Wait a moment and try again.`,
  reauthentication_required: msg`Enter your password, or sign in again, to do this.`,
  scope_missing: msg`This token may not do that.`,
  setup_link_required: msg`Create the first account with the link that the server shows in its terminal.`,
  storage_full: msg`The server's disk is full. Tell your administrator.`,
  timeout: msg`This took too long. Try again.`,
  timer_not_running: msg`This timer is not running.`,
  timer_running: msg`Your timer is already running.`,
  token_expired: msg`You are signed out. Sign in again.`,
  unauthenticated: msg`Sign in first.`,
  unavailable: msg`The server cannot do this right now. Try again in a moment.`,
  unknown_command: msg`There is no such command.`,
  unsupported_media_type: msg`The server does not accept this. Reload the page.`,
  unverified_email: msg`Verify your e-mail address first.`,
  username_taken: msg`This user name is already taken.`,
  version_conflict: msg`Someone else has changed this in the meantime.`,
};

/** Codes of which the detail says what the title cannot. */
const DETAILED = new Set<string>(['conflict', 'unknown_command']);

interface Refusal {
  code?: unknown;
  detail?: unknown;
  problem?: AtriumError['problem'];
}

/** What to tell a person of an error or of a problem of the server, in their language. */
export function problemText(error: unknown): string {
  const { code, detail, problem }: Refusal = typeof error === 'object' && error !== null ? error : {};
  if (typeof code !== 'string') return String(error instanceof Error ? error.message : error);
  const said = problem?.detail ?? (typeof detail === 'string' ? detail : undefined);
  if (DETAILED.has(code) && said !== undefined) return said;
  return code in texts ? i18n._(texts[code as keyof typeof texts]) : (said ?? code);
}

/** The stable code of a refusal; undefined for what is none. */
export function problemCode(error: unknown): string | undefined {
  const { code }: Refusal = typeof error === 'object' && error !== null ? error : {};
  return typeof code === 'string' ? code : undefined;
}

/** The messages of a refused form by the name of the field; '' for what concerns no field. */
export function fieldProblems(error: unknown): Readonly<Record<string, string>> {
  const { problem }: Refusal = typeof error === 'object' && error !== null ? error : {};
  return Object.fromEntries((problem?.errors ?? []).map(({ path, message }) => [path, message]));
}

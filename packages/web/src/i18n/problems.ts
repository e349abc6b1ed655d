import type { AtriumError, LocalCode, ProblemCode } from '@atrium/client';
import { i18n, type MessageDescriptor } from '@lingui/core';
import { msg } from '@lingui/core/macro';

/** What to tell a person of each refusal. */
const texts: Readonly<Record<ProblemCode | LocalCode, MessageDescriptor>> = {
  aborted: msg`This was given up.`,
  already_member: msg`You are a member already.`,
  archived: msg`This conversation is archived, so nothing can be changed in it.`,
  bad_response: msg`Something between here and the server gave an answer that makes no sense. Try again in a moment.`,
  challenge_failed: msg`This code is not right, or the sign-in has taken too long. Try again, or start over.`,
  closed: msg`The connection was closed.`,
  code_wrong: msg`This code is not right or no longer works. Look for the latest one.`,
  conflict: msg`This does not go together with how things are now.`,
  email_taken: msg`There is an account with this address already.`,
  forbidden: msg`You may not do this.`,
  idempotency_mismatch: msg`This was sent before with other content. Load the page again.`,
  in_progress: msg`This is being done already.`,
  internal: msg`Something went wrong on the server. It was written to its log; try again.`,
  invalid_credentials: msg`E-mail address or password is wrong.`,
  invalid_input: msg`Something here is not filled in right.`,
  invalid_json: msg`The server could not read this. Load the page again.`,
  invalid_token: msg`You are signed out. Sign in again.`,
  last_owner: msg`A workspace needs an owner. Make somebody else one first.`,
  last_sign_in: msg`This is your last way to sign in, so it stays.`,
  link_wrong: msg`This link is not right, was used before, or is too old.`,
  method_not_allowed: msg`The server does not take this. Load the page again.`,
  network: msg`There is no connection to the server.`,
  not_found: msg`This is not there, or not for you to see.`,
  origin_refused: msg`The server does not take this from this address.`,
  out_of_stock: msg`There is not enough in stock.`,
  password_refused: msg`This password is too easy to guess. Choose another one.`,
  password_wrong: msg`The password is wrong.`,
  payload_too_large: msg`This is too large.`,
  period_locked: msg`This period is locked, so its time cannot change.`,
  registration_closed: msg`New accounts are only for those who are invited. Ask whoever looks after this place.`,
  rate_limited: msg`That was too often. Wait a moment and try again.`,
  reauthentication_required: msg`Enter your password, or sign in again, to do this.`,
  scope_missing: msg`This token may not do that.`,
  setup_link_required: msg`The first account is made through the link that the server shows in its terminal.`,
  storage_full: msg`The server's disk is full. Tell whoever looks after it.`,
  timeout: msg`This took too long. Try again.`,
  timer_not_running: msg`This timer is not running.`,
  timer_running: msg`Your timer is running already.`,
  token_expired: msg`You are signed out. Sign in again.`,
  unauthenticated: msg`Sign in first.`,
  unavailable: msg`The server cannot do this right now. Try again in a moment.`,
  unknown_command: msg`There is no such command.`,
  unsupported_media_type: msg`The server does not take this. Load the page again.`,
  unverified_email: msg`Verify your e-mail address first.`,
  username_taken: msg`Somebody has this user name already.`,
  version_conflict: msg`Somebody else has changed this meanwhile.`,
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

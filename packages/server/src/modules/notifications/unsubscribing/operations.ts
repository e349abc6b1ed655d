import { type MailKind, notifications, notificationTypes, type PreferenceChanges } from '@atrium/protocol';
import type { Limiter } from '../../../platform/limits/index.ts';
import {
  command,
  type Implementation,
  type PlainAnswer,
  type PlainRoute,
  ProblemError,
  problem,
  type Transact,
  type Work,
} from '../../../platform/module/index.ts';
import { endMorningDigest } from '../../identity/index.ts';
import { changePreferences } from '../preferences/operations.ts';
import { readToken, UNSUBSCRIBE_PATH } from './links.ts';

/** The forms of mail programs have one field. */
const BODY_BYTES = 10_000;

function withoutMails(kind: Exclude<MailKind, 'morning_digest'>): PreferenceChanges {
  const types = kind === 'all' ? notificationTypes : [kind];
  return { channels: Object.fromEntries(types.map((type) => [type, { mail: false }])) };
}

/** Ends mails of the kind in a token. Throws `not_found`. */
async function unsubscribe(work: Pick<Work, 'append' | 'tell' | 'tx'>, token: string): Promise<{ kind: MailKind }> {
  const found = await readToken(work.tx, token);
  if (found === undefined) throw problem('not_found', 'This link ends no mails. You choose them in your settings.');
  const { kind, userId } = found;
  if (kind === 'morning_digest') await endMorningDigest(work, userId);
  else await changePreferences(work, userId, withoutMails(kind));
  return { kind };
}

export const unsubscribeOperation: Implementation = command(notifications.unsubscribe, (work) =>
  unsubscribe(work, work.input.token),
);

const DONE = 'You get no more mails of this kind. You can change that in the settings of your account.\n';

function refusal(error: unknown, status: number): PlainAnswer {
  if (!(error instanceof ProblemError)) return { status, text: 'That did not work. Try again later.\n' };
  const { detail, retryAfterMs } = error.details;
  return { status: error.status, text: `${detail ?? error.message}\n`, retryAfterMs };
}

/** The target of one-click unsubscribing by mail programs, and of the form on the page at the same URL. */
export function unsubscribeRoute({
  limiter,
  transact,
}: {
  limiter: Pick<Limiter, 'enter'>;
  transact: Transact;
}): PlainRoute {
  return {
    path: UNSUBSCRIBE_PATH,
    bodyLimit: BODY_BYTES,
    contentTypes: ['application/x-www-form-urlencoded', 'multipart/form-data'],
    async handle({ ip, params: { token = '' } }) {
      await limiter.enter('public', ip, undefined);
      await transact({ actorId: null }, (work) => unsubscribe(work, token));
      return { status: 200, text: DONE };
    },
    refuse: refusal,
  };
}

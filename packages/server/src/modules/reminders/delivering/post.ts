import { messages } from '@atrium/protocol';
import {
  noCookies,
  type OperationExecutor,
  ProblemError,
  type Transact,
  type UserActor,
} from '../../../platform/module/index.ts';
import type { DeliveryHandler, DeliveryOutcome, DeliveryRow } from '../../notifications/index.ts';
import type { ReminderRow } from '../rows/tables.ts';
import { REMINDER } from '../timing/plan.ts';
import { advance, lockDue, withdrawUnseen } from './advance.ts';

export interface PostDeps {
  clock: { now(): Date };
  execute: OperationExecutor['execute'];
  transact: Transact;
}

const HOUR_MS = 3_600_000;
const NO_ACCESS: ReadonlySet<string> = new Set(['not_found', 'forbidden', 'archived']);

/** The creator as the caller: their permissions are checked again. */
function creatorOf({ created_by: userId, id }: ReminderRow, now: Date): UserActor {
  const expiresAt = new Date(now.getTime() + HOUR_MS);
  return { kind: 'user', userId, sessionId: id, role: 'user', emailVerified: true, expiresAt };
}

/** Posts a reminder in its conversation, in the name of its creator. Posted again, it is the same message. */
async function post({ clock, execute }: PostDeps, row: ReminderRow, { id }: DeliveryRow): Promise<void> {
  const { conversation_id: conversationId, message } = row;
  await execute({
    name: messages.send.name,
    input: { conversationId, clientMessageId: id, content: `Reminder: ${message}` },
    actor: creatorOf(row, clock.now()),
    cookies: noCookies,
    request: { id, ip: '', userAgent: 'reminder', transport: 'rest' },
  });
}

/** Posts reminders in a conversation. */
export function postHandler(deps: PostDeps): DeliveryHandler {
  const { transact } = deps;
  return {
    kind: REMINDER,
    channel: 'chat',
    interrupted: 'again',
    async send(delivery): Promise<DeliveryOutcome> {
      const row = await transact({ actorId: null }, (work) => lockDue(work, delivery));
      // A node may have crashed after posting, before or after recording it: the reminder was sent then.
      if (row === undefined) return { state: 'withdrawn', reason: 'moved' };
      try {
        await post(deps, row, delivery);
      } catch (error) {
        if (!(error instanceof ProblemError) || !NO_ACCESS.has(error.code)) throw error;
        return await transact({ actorId: null }, async (work) => {
          const still = await lockDue(work, delivery);
          return still === undefined ? { state: 'withdrawn', reason: 'moved' } : await withdrawUnseen(work, still);
        });
      }
      await transact({ actorId: null }, async (work) => {
        const sent = await lockDue(work, delivery);
        if (sent !== undefined) await advance(work, sent, delivery);
      });
      return { state: 'sent' };
    },
  };
}

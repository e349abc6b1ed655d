import type { Operation } from '@atrium/protocol';
import { deleteMailsTo, mailTemplate, queueMail } from '../../../platform/mail/index.ts';
import type { CommandContext, Work } from '../../../platform/module/index.ts';
import { recordAudit } from '../audit/store.ts';
import { addresseeOf } from '../mails/addressee.ts';
import type { AccountRow } from '../rows/account-store.ts';
import { erase, shownWhenDeleted } from './erase.ts';

/**
 * Deletes the account of a person, which the caller has locked, and notifies them by email. Their messages stay, under
 * a name that does not identify them.
 * @param reason completes the sentence "Hello Ann, …"
 * @param advice further paragraphs of the email
 */
export async function deleteAccount(
  context: Work & Pick<CommandContext<Operation>, 'request'>,
  account: AccountRow,
  { actorId, appUrl, reason, advice = [] }: { actorId: string; appUrl: string; reason: string; advice?: string[] },
): Promise<void> {
  const { id } = account;
  const shown = shownWhenDeleted({ id, isBot: false });
  await context.tell('account:deleting', { shown });
  await erase(context, shown);
  await recordAudit(context.tx, context, { kind: 'account_deleted', actorId, targetId: id });
  const { hello, to } = addresseeOf(account);
  const title = 'Your account was deleted';
  const paragraphs = [
    `${hello}, ${reason} Messages you sent to others remain, under the name "${shown.name}".`,
    ...advice,
  ];
  const body = mailTemplate({ appUrl, title, paragraphs });
  await deleteMailsTo(context.tx, to.address);
  await queueMail(context, { to, subject: title, ...body }, { deletedWhenDone: true });
}

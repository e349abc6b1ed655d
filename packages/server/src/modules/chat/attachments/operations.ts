import { attachments } from '@atrium/protocol';
import { cutPage, type Implementation, idPage, read } from '../../../platform/module/index.ts';
import { attachmentsOfConversation, presentListed } from '../../files/index.ts';
import { factsOf } from '../rows/access.ts';
import { messageContextOf } from '../rows/policy.ts';

/** Operations on the files of conversations. */
export const attachmentOperations: readonly Implementation[] = [
  read(attachments.ofConversation, async ({ actor, db, input, subject }) => {
    const page = idPage(input);
    const found = await attachmentsOfConversation(db, input.conversationId, page);
    const { rows, nextCursor } = cutPage(found, page, ({ id }) => id);
    const { isMember, moderates } = messageContextOf(factsOf(subject));
    const items = rows.map((row) =>
      presentListed(row, { delete: moderates || (isMember && row.uploader_id === actor.userId) }),
    );
    return { items, nextCursor };
  }),
];

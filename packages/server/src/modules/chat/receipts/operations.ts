import { messages } from '@atrium/protocol';
import { command, type Implementation, problem } from '../../../platform/module/index.ts';
import { lockStreams } from '../../../platform/stream/index.ts';
import { conversationStream } from '../rows/stream.ts';
import { rewindReceipt } from './rewind-store.ts';
import { hideFrom, membersHidingReceipts } from './sharing.ts';

/** Marks messages as unread again, and tells everyone who may see how far the user has read. */
export const rewindOperation: Implementation = command(
  messages.markUnread,
  async ({ tx, actor: { userId }, append, input: { conversationId, fromSeq } }) => {
    const rewound = await rewindReceipt(tx, { conversationId, userId, fromSeq });
    if (rewound === undefined) throw problem('not_found');
    const { moved, unread, deliveredSeq, readSeq, unreadSeqs, mentions } = rewound;
    const receipt = { userId, deliveredSeq, readSeq };
    if (!moved) return { ...receipt, unread };
    const stream = conversationStream(conversationId);
    // A concurrent change of who hides receipts commits before or after this event.
    await lockStreams(tx, [stream]);
    const hidden = (await membersHidingReceipts(tx, [conversationId])).get(conversationId);
    const data = { conversationId, receipts: [{ ...receipt, unreadSeqs, mentions }] };
    if (hidden === undefined || hidden.has(userId)) append(`user:${userId}`, 'message:unread', data);
    else append(stream, 'message:unread', data, hideFrom(hidden, { conversationId, receipts: [] }));
    return { ...receipt, unread };
  },
);

import type { Message } from '@atrium/client';
import { Plural } from '@lingui/react/macro';
import type { ReactNode } from 'react';
import { Chip } from '../../../../ui/text/chip.tsx';
import { MessageCard } from '../message/message-card.tsx';

/** A thread in a list: its first message, and a summary of its replies. Links to the thread. */
export function ThreadCard({ message, badge }: { message: Message; badge: ReactNode }) {
  const count = message.thread?.replyCount ?? 0;
  return (
    <MessageCard
      showsPlace
      to={`/c/${message.conversationId}/t/${message.id}`}
      message={message}
      after={
        <span>
          {badge || (
            <Chip>
              <Plural value={count} one="# reply" other="# replies" />
            </Chip>
          )}
        </span>
      }
    />
  );
}

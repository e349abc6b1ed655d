import type { LiveConversation } from '@atrium/client';
import { Trans, useLingui } from '@lingui/react/macro';
import { problemText } from '../../../../i18n/problems.ts';
import { useOperation } from '../../../../live/use-operation.ts';
import { IconButton } from '../../../../ui/button/button.tsx';
import { EmptyState } from '../../../../ui/feedback/empty-state.tsx';
import { ErrorState } from '../../../../ui/feedback/error-state.tsx';
import { Skeleton } from '../../../../ui/feedback/skeleton.tsx';
import { UnpinIcon } from '../../../../ui/icons.ts';
import { pin } from '../../message-commands.ts';
import { MessageCard } from '../message/message-card.tsx';

/** The pinned messages of a conversation. */
export function PinsPart({ conversation: { id, pins, can } }: { conversation: LiveConversation }) {
  const { t } = useLingui();
  const { data, error, refetch } = useOperation('pins.list', { conversationId: id });
  if (pins.length === 0) {
    return (
      <EmptyState title={t`Nothing pinned`}>
        <Trans>Pin what everyone here shall find again: a plan, an address, a rule.</Trans>
      </EmptyState>
    );
  }
  if (error) {
    return (
      <ErrorState title={t`The pins could not be loaded`} onRetry={() => void refetch()}>
        {problemText(error)}
      </ErrorState>
    );
  }
  if (!data) return <Skeleton rows={3} kind="message" />;
  return data.items
    .filter(({ message }) => pins.includes(message.id))
    .map(({ message }) => (
      <MessageCard
        key={message.id}
        message={message}
        action={
          can.pin && <IconButton size={28} icon={UnpinIcon} label={t`Unpin`} onClick={() => void pin(message, false)} />
        }
      />
    ));
}

import type { Message } from '@atrium/client';
import { useLingui } from '@lingui/react/macro';
import { useMemo } from 'react';
import { useFormats } from '../../../../i18n/formats.ts';
import { deliveryOf } from '../../../../live/derived.ts';
import { AvatarStack } from '../../../../ui/avatar/avatar-stack.tsx';
import { Icon } from '../../../../ui/icon/icon.tsx';
import { CheckIcon, SeenIcon } from '../../../../ui/icons.ts';
import { useConversation, usePeopleOf } from '../../hooks.ts';
import styles from './message.module.css';

/** The status of my last message: sent, received, or seen by whom. */
export function Seen({ message }: { message: Message }) {
  const { t } = useLingui();
  const { list } = useFormats();
  const conversation = useConversation(message.conversationId);
  const { readBy, deliveredTo } = useMemo(
    () => (conversation ? deliveryOf(conversation, message) : { readBy: [], deliveredTo: [] }),
    [conversation, message],
  );
  const readers = usePeopleOf(conversation?.workspaceId ?? '', readBy.slice(0, 3));
  const names = list(readers.map(({ name }) => name));
  const label =
    readBy.length > readers.length
      ? t`Seen by ${readBy.length}`
      : readBy.length > 0
        ? t`Seen by ${names}`
        : deliveredTo.length > 0
          ? t`Delivered`
          : t`Sent`;
  return (
    <span role="img" aria-label={label} data-tip={label} className={styles.seen}>
      {readBy.length > 0 ? (
        <AvatarStack people={readers} size="xs" />
      ) : (
        <Icon of={deliveredTo.length > 0 ? SeenIcon : CheckIcon} small />
      )}
    </span>
  );
}

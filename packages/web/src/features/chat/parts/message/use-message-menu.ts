import type { Message } from '@atrium/client';
import { useLingui } from '@lingui/react/macro';
import { messageCan } from '../../../../live/derived.ts';
import { useLive } from '../../../../live/use-live.ts';
import {
  BellIcon,
  BookmarkIcon,
  CopyIcon,
  DeleteIcon,
  EditIcon,
  HistoryIcon,
  LinkIcon,
  PinIcon,
  TasksIcon,
  ThreadIcon,
  UnpinIcon,
  UnreadIcon,
} from '../../../../ui/icons.ts';
import { type MenuEntry, menuOf } from '../../../../ui/menu/menu-entry.ts';
import { openReminder } from '../../../reminders/index.ts';
import { makeTask } from '../../../tasks/index.ts';
import { copyLink, deleteMessage, makeUnread, pin, save } from '../../message-commands.ts';

interface MessageMenuOptions {
  message: Message;
  onEdit: () => void;
  onThread: (() => void) | undefined;
  onHistory: () => void;
}

/** All actions for a message. */
export function useMessageMenu({ message, onEdit, onThread, onHistory }: MessageMenuOptions): MenuEntry[] {
  const { t } = useLingui();
  const conversation = useLive(({ conversations }) => conversations[message.conversationId]);
  const myId = useLive(({ me }) => me?.id);
  const can = messageCan(conversation, message, myId);
  const isPinned = conversation?.pins.includes(message.id) ?? false;
  const isSaved = conversation?.saved.includes(message.id) ?? false;
  return menuOf(
    onThread && { label: t`Reply in thread`, icon: ThreadIcon, keys: 't', onSelect: onThread },
    { label: t`Copy text`, icon: CopyIcon, onSelect: () => void navigator.clipboard.writeText(message.content) },
    { label: t`Copy link`, icon: LinkIcon, keys: 'l', onSelect: () => void copyLink(message) },
    {
      label: isSaved ? t`Do not keep any longer` : t`Save for later`,
      icon: BookmarkIcon,
      keys: 's',
      onSelect: () => void save(message, !isSaved),
    },
    message.threadId === undefined &&
      conversation !== undefined && {
        label: t`Make unread from here`,
        icon: UnreadIcon,
        keys: 'u',
        onSelect: () => void makeUnread(message),
      },
    { label: t`Make a task`, icon: TasksIcon, onSelect: () => void makeTask(message.id) },
    { label: t`Remind me about this`, icon: BellIcon, onSelect: () => openReminder({ messageId: message.id }) },
    can.pin && {
      label: isPinned ? t`Unpin` : t`Pin for everyone`,
      icon: isPinned ? UnpinIcon : PinIcon,
      keys: 'p',
      onSelect: () => void pin(message, !isPinned),
    },
    'line',
    can.edit && { label: t`Edit`, icon: EditIcon, keys: 'e', onSelect: onEdit },
    message.editedAt !== undefined &&
      can.history && { label: t`What it said before`, icon: HistoryIcon, onSelect: onHistory },
    can.delete && {
      label: t`Delete`,
      icon: DeleteIcon,
      keys: 'Delete',
      danger: true,
      onSelect: () => deleteMessage(message),
    },
  );
}

import type { Message, PendingMessage, UploadFile } from '@atrium/client';
import { t } from '@lingui/core/macro';
import { useSyncExternalStore } from 'react';
import { problemText } from '../../i18n/problems.ts';
import { announce } from '../../live/announce.ts';
import { client } from '../../live/client.ts';
import { perform } from '../../live/perform.ts';
import { showToast } from '../../ui/toast/toasts.ts';
import { createPatches } from './model/patches.ts';
import type { ReactionPatch } from './model/reactions.ts';
import { keepUnread } from './parts/history/use-read-mark.ts';

/** How long a change is shown over the live state after the server has made it: its event arrives within that time. */
const LINGER = 2_000;
/** How long deleting can be undone. */
const UNDO = 8_000;

const reactionPatches = createPatches<ReactionPatch>();
const deletions = createPatches<true>();

export const useReactionPatch = (messageId: string) =>
  useSyncExternalStore(reactionPatches.subscribe, () => reactionPatches.get(messageId));

/** True while a message is hidden, and the server was not called yet. */
export const useIsDeleting = (messageId: string) =>
  useSyncExternalStore(deletions.subscribe, () => deletions.get(messageId) ?? false);

/** Adds or removes a reaction; shown immediately, sent as soon as there is a connection. */
export async function react({ id }: Message, emoji: string, wanted: boolean): Promise<void> {
  const patch = (change: boolean | undefined) => {
    const { [emoji]: _, ...others } = reactionPatches.get(id) ?? {};
    const left = change === undefined ? others : { ...others, [emoji]: change };
    reactionPatches.set(id, Object.keys(left).length > 0 ? left : undefined);
  };
  patch(wanted);
  try {
    await perform(wanted ? 'reactions.add' : 'reactions.remove', { messageId: id, emoji });
    setTimeout(() => reactionPatches.get(id)?.[emoji] === wanted && patch(undefined), LINGER);
  } catch (error) {
    patch(undefined);
    refused(t`Your reaction was not taken`, error);
  }
}

/** Removes a file from an unsent message, and sends the rest. */
export async function sendWithout(pending: PendingMessage, removed: UploadFile): Promise<void> {
  const { clientMessageId, content, conversationId, replyTo, files = [] } = pending;
  const left = files.filter((file) => file !== removed);
  await client.discard(clientMessageId);
  if (conversationId === undefined || (content.trim() === '' && left.length === 0)) return;
  client
    .send(conversationId, content, { files: left, ...(replyTo !== undefined && { replyTo }) })
    .catch(() => undefined);
}

/** Deletes a message after a delay in which it can be undone, or immediately when the page is left. */
export function deleteMessage({ id }: Message): void {
  deletions.set(id, true);
  let isDone = false;
  const finish = async (isWanted: boolean) => {
    if (isDone) return;
    isDone = true;
    clearTimeout(timer);
    removeEventListener('pagehide', leave);
    try {
      if (isWanted) await perform('messages.delete', { messageId: id });
    } catch (error) {
      refused(t`The message was not deleted`, error);
    }
    setTimeout(() => deletions.set(id, undefined), isWanted ? LINGER : 0);
  };
  const leave = () => void finish(true);
  const timer = setTimeout(leave, UNDO);
  addEventListener('pagehide', leave);
  showToast({
    kind: 'undo',
    title: t`Message deleted`,
    timeout: UNDO,
    action: { label: t`Undo`, onPress: () => void finish(false) },
    onClose: leave,
  });
}

/** Pins a message for everyone, or unpins it. */
export async function pin({ conversationId, id }: Message, wanted: boolean): Promise<void> {
  try {
    await client.call(wanted ? 'pins.add' : 'pins.remove', { conversationId, messageId: id });
  } catch (error) {
    refused(wanted ? t`The message was not pinned` : t`The message was not unpinned`, error);
  }
}

/** Saves a message, or unsaves it. */
export async function save({ id }: Message, wanted: boolean): Promise<void> {
  try {
    await perform(wanted ? 'saved.add' : 'saved.remove', { messageId: id });
    if (wanted) showToast({ kind: 'done', title: t`Saved. You find it under Saved.` });
  } catch (error) {
    refused(t`The message was not saved`, error);
  }
}

/** Marks a message and all later ones as unread; it stays so until the conversation is left. */
export async function makeUnread({ conversationId, seq }: Pick<Message, 'conversationId' | 'seq'>): Promise<void> {
  keepUnread(conversationId);
  try {
    await client.markUnread(conversationId, seq);
    announce(t`Unread from here`);
  } catch (error) {
    refused(t`Nothing was made unread`, error);
  }
}

/** The URL of a message. */
export const addressOf = ({
  conversationId,
  seq,
  threadId,
}: Pick<Message, 'conversationId' | 'seq' | 'threadId'>): string =>
  threadId === undefined ? `/c/${conversationId}?at=${seq}` : `/c/${conversationId}/t/${threadId}?at=${seq}`;

/** Copies the URL of a message. */
export async function copyLink(message: Message): Promise<void> {
  await navigator.clipboard.writeText(new URL(addressOf(message), location.origin).href);
  showToast({ kind: 'done', title: t`Link copied` });
}

function refused(title: string, error: unknown): void {
  showToast({ kind: 'problem', title, body: problemText(error) });
}

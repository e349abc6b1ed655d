import { useLingui } from '@lingui/react/macro';
import { useState } from 'react';
import { problemText } from '../../../../i18n/problems.ts';
import { client } from '../../../../live/client.ts';
import { randomId } from '../../../../live/derived.ts';

/** A notice for the author only: the result of a command, or why it was refused. */
export interface Note {
  kind: 'notice' | 'problem';
  text: string;
}

export interface SendingOptions {
  conversationId: string;
  threadId: string | undefined;
  clear: () => void;
  onSent: () => void;
}

/** Sends the text. A message is never lost, and a refused command keeps its text. */
export function useSending({ conversationId, threadId, clear, onSent }: SendingOptions) {
  const { t } = useLingui();
  const [note, setNote] = useState<Note>();

  const run = async (text: string) => {
    try {
      const { notice } = await client.call('commands.run', { conversationId, text, clientMessageId: randomId() });
      clear();
      setNote(notice ? { kind: 'notice', text: notice } : undefined);
      onSent();
    } catch (error) {
      setNote({ kind: 'problem', text: problemText(error) });
    }
  };

  /** @param takeFiles returns the chosen files and clears them */
  const send = async (text: string, takeFiles: () => readonly File[]) => {
    const isCommand = text.startsWith('/');
    const files = isCommand ? [] : takeFiles();
    if (text.trim() === '' && files.length === 0) return;
    setNote(undefined);
    if (isCommand) {
      if (client.state.connection === 'online') await run(text);
      else setNote({ kind: 'problem', text: t`Commands need a connection. The text stays here.` });
      return;
    }
    const options = { clearDraft: true, files, ...(threadId !== undefined && { replyTo: threadId }) };
    // A refusal is shown at the message itself, which stays among the pending ones.
    client.send(conversationId, text, options).catch(() => undefined);
    clear();
    onSent();
  };
  return { note, setNote, send };
}

import { useLingui } from '@lingui/react/macro';
import { useState } from 'react';
import { chosenFor, pastedFiles } from '../../../files/index.ts';
import type { Note } from './use-sending.ts';

/** The files chosen for the message that is being written. */
export function useFiles(setNote: (note: Note | undefined) => void) {
  const { t } = useLingui();
  const [files, setFiles] = useState<readonly File[]>([]);
  const add = (chosen: readonly File[]) => {
    const { taken, large, beyond } = chosenFor(files, chosen);
    setFiles(taken);
    const names = large.map(({ name }) => name).join(', ');
    if (large.length > 0) setNote({ kind: 'problem', text: t`Too large, a file may have 10 MB: ${names}` });
    else if (beyond > 0) setNote({ kind: 'problem', text: t`A message may have 10 files.` });
    else setNote(undefined);
  };
  /**
   * Takes the files of a clipboard, and as a file the text for which there is no room.
   * @param room for text in the message
   * @returns whether there is nothing left to insert
   */
  const paste = (clipboard: DataTransfer, room: number): boolean => {
    const pasted = pastedFiles(clipboard);
    const text = pasted.length > 0 ? '' : clipboard.getData('text/plain');
    if (text.length > room) {
      add([new File([text], `${t`Pasted text`}.txt`, { type: 'text/plain' })]);
      setNote({ kind: 'notice', text: t`That is too long for a message, so it is attached as a file.` });
    } else if (pasted.length > 0) add(pasted);
    else return false;
    return true;
  };
  return {
    files,
    add,
    paste,
    remove: (file: File) => setFiles(files.filter((each) => each !== file)),
    /** Passes them to the message. */
    take: () => {
      setFiles([]);
      return files;
    },
  };
}

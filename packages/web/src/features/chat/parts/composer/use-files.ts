import { useLingui } from '@lingui/react/macro';
import { useState } from 'react';
import { chosenFor } from '../../../files/index.ts';
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
  return {
    files,
    add,
    remove: (file: File) => setFiles(files.filter((each) => each !== file)),
    /** Passes them to the message. */
    take: () => {
      setFiles([]);
      return files;
    },
  };
}

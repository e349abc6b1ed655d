import type { Attachment } from '@atrium/protocol';
import { useLingui } from '@lingui/react/macro';
import { useState } from 'react';
import { divided } from '../model/model.ts';
import { FileList } from './file-list.tsx';
import styles from './files.module.css';
import { Viewer } from './late-viewer.ts';
import { Picture } from './picture.tsx';
import { SavedLine } from './saved-line.tsx';

const BOX = { width: 320, height: 240 };

/** The files of a message: pictures as such, others as lines. */
export function MessageFiles({ files }: { files: readonly Attachment[] }) {
  const { t } = useLingui();
  const { pictures, others } = divided(files);
  const viewLabel = (filename: string) => t`View ${filename}`;
  const [shown, setShown] = useState<number>();
  return (
    <>
      {pictures.length > 0 && (
        <div className={styles.pictures}>
          {pictures.map((file, at) => (
            <button
              key={file.id}
              type="button"
              className={styles.picture}
              aria-label={viewLabel(file.filename)}
              onClick={() => setShown(at)}
            >
              <Picture file={file} box={BOX} />
            </button>
          ))}
        </div>
      )}
      <FileList label={t`Files`}>
        {others.map((file) => (
          <SavedLine key={file.id} file={file} />
        ))}
      </FileList>
      {shown !== undefined && (
        <Viewer pictures={pictures} at={shown} onMove={setShown} onClose={() => setShown(undefined)} />
      )}
    </>
  );
}

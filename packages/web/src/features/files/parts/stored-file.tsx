import type { ListedAttachment } from '@atrium/protocol';
import { useLingui } from '@lingui/react/macro';
import { type ReactNode, useState } from 'react';
import { useFormats } from '../../../i18n/formats.ts';
import { IconButton } from '../../../ui/button/button.tsx';
import { Confirm } from '../../../ui/dialog/confirm.tsx';
import { DeleteIcon } from '../../../ui/icons.ts';
import { deleteFile } from '../commands.ts';
import { isPicture } from '../model/model.ts';
import styles from './files.module.css';
import { Picture } from './picture.tsx';
import { SavedLine } from './saved-line.tsx';

const THUMBNAIL = { width: 40, height: 40 };

/** A file in a list: who uploaded it, and what its reader may do with it. */
export function StoredFile({
  file,
  who,
  where,
  whenDeleted,
  onView,
}: {
  file: ListedAttachment;
  /** The name of whoever uploaded it. */
  who: ReactNode;
  /** What it belongs to, in a list of files of several things. */
  where?: ReactNode;
  /** Says what deleting it means. */
  whenDeleted: ReactNode;
  /** Of a picture. */
  onView: () => void;
}) {
  const { t } = useLingui();
  const { recent } = useFormats();
  const [asks, setAsks] = useState(false);
  const [busy, setBusy] = useState(false);
  const { filename } = file;
  const remove = async () => {
    setBusy(true);
    await deleteFile(file);
    setBusy(false);
    setAsks(false);
  };
  return (
    <SavedLine
      file={file}
      start={
        isPicture(file) && (
          <button type="button" className={styles.thumbnail} aria-label={t`View ${filename}`} onClick={onView}>
            <Picture file={file} box={THUMBNAIL} />
          </button>
        )
      }
      about={
        <>
          {' · '}
          <bdi>{who ?? t`Somebody`}</bdi>
          {' · '}
          <time dateTime={file.createdAt}>{recent(file.createdAt)}</time>
          {where && ' · '}
          {where}
        </>
      }
    >
      {file.can.delete && (
        <IconButton size={28} icon={DeleteIcon} label={t`Delete ${filename}`} onClick={() => setAsks(true)} />
      )}
      <Confirm
        open={asks}
        title={t`Delete “${filename}”?`}
        action={t`Delete`}
        busy={busy}
        onConfirm={() => void remove()}
        onClose={() => setAsks(false)}
      >
        {whenDeleted}
      </Confirm>
    </SavedLine>
  );
}

import { useLingui } from '@lingui/react/macro';
import { type KeyboardEvent, useEffect, useRef } from 'react';
import { IconButton } from '../../../ui/button/button.tsx';
import { ChevronLeftIcon, ChevronRightIcon, CloseIcon, DownloadIcon } from '../../../ui/icons.ts';
import { download } from '../commands.ts';
import type { PictureFile } from '../model/model.ts';
import styles from './files.module.css';
import { Picture } from './picture.tsx';

/** Pictures are at most of this size. */
const WHOLE = { width: 1920, height: 1080 };

export interface ViewerProps {
  pictures: readonly PictureFile[];
  at: number;
  onMove: (at: number) => void;
  onClose: () => void;
}

/** One picture over the whole page: arrows go to the others, Escape closes. */
export default function Viewer({ pictures, at, onMove, onClose }: ViewerProps) {
  const { t } = useLingui();
  const dialog = useRef<HTMLDialogElement>(null);
  const file = pictures[at];
  useEffect(() => {
    const opener = document.activeElement;
    dialog.current?.showModal();
    return () => {
      if (opener instanceof HTMLElement) opener.focus();
    };
  }, []);
  if (!file) return null;
  const { filename } = file;
  const last = pictures.length - 1;
  const before = () => onMove(Math.max(0, at - 1));
  const after = () => onMove(Math.min(last, at + 1));
  const keyDown = (event: KeyboardEvent) => {
    // What is below has keys of its own.
    event.stopPropagation();
    if (event.key === 'ArrowLeft') before();
    if (event.key === 'ArrowRight') after();
  };
  const [place, count] = [at + 1, pictures.length];
  return (
    <dialog
      ref={dialog}
      className={styles.viewer}
      aria-label={filename}
      onClose={onClose}
      onKeyDown={keyDown}
      onClick={({ target, currentTarget }) => target === currentTarget && onClose()}
    >
      <div className={styles.viewerHead}>
        <bdi className={styles.viewerName}>{filename}</bdi>
        {last > 0 && <span className={styles.about}>{t`${place} of ${count}`}</span>}
        {last > 0 && (
          <>
            <IconButton
              icon={ChevronLeftIcon}
              label={t`Previous picture`}
              keys="ArrowLeft"
              disabledReason={at === 0 ? t`This is the first one` : undefined}
              onClick={before}
            />
            <IconButton
              icon={ChevronRightIcon}
              label={t`Next picture`}
              keys="ArrowRight"
              disabledReason={at === last ? t`This is the last one` : undefined}
              onClick={after}
            />
          </>
        )}
        <IconButton icon={DownloadIcon} label={t`Download ${filename}`} onClick={() => void download(file)} />
        <IconButton icon={CloseIcon} label={t`Close`} keys="Escape" onClick={onClose} />
      </div>
      <Picture key={file.id} file={file} box={WHOLE} whole className={styles.whole} />
    </dialog>
  );
}

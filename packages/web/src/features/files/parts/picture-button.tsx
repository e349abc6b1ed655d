import { type ReactNode, useRef } from 'react';
import { Button } from '../../../ui/button/button.tsx';
import { UploadIcon } from '../../../ui/icons.ts';
import styles from './files.module.css';

/** What is accepted, for the dialog in which files are chosen. The server has the last word. */
const ACCEPTED = '.jpg,.jpeg,.png,.gif,.webp,.avif,image/jpeg,image/png,image/webp';

/** Chooses pictures. */
export function PictureButton({
  onFiles,
  multiple,
  busy,
  disabledReason,
  children,
}: {
  onFiles: (files: File[]) => void;
  multiple?: boolean;
  busy?: boolean;
  disabledReason?: string | undefined;
  children: ReactNode;
}) {
  const field = useRef<HTMLInputElement>(null);
  return (
    <>
      <Button icon={UploadIcon} busy={busy} disabledReason={disabledReason} onClick={() => field.current?.click()}>
        {children}
      </Button>
      <input
        ref={field}
        type="file"
        multiple={multiple}
        accept={ACCEPTED}
        className={styles.field}
        tabIndex={-1}
        aria-hidden
        onChange={({ currentTarget }) => {
          const files = [...(currentTarget.files ?? [])];
          // The same file can be chosen again once it has changed.
          currentTarget.value = '';
          if (files.length > 0) onFiles(files);
        }}
      />
    </>
  );
}

import type { RefObject } from 'react';
import styles from './files.module.css';

/** The hidden field behind a button that chooses files: a click on it opens the dialog of the browser. */
export function FileField({
  ref,
  accept,
  multiple,
  onFiles,
}: {
  ref: RefObject<HTMLInputElement | null>;
  /** What the dialog offers. The server has the last word. */
  accept: string;
  multiple?: boolean | undefined;
  onFiles: (files: File[]) => void;
}) {
  return (
    <input
      ref={ref}
      type="file"
      multiple={multiple}
      accept={accept}
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
  );
}

import type { Attachment } from '@atrium/protocol';
import { useLingui } from '@lingui/react/macro';
import type { ReactNode } from 'react';
import { useFormats } from '../../../i18n/formats.ts';
import { IconButton } from '../../../ui/button/button.tsx';
import { DownloadIcon } from '../../../ui/icons.ts';
import { download } from '../commands.ts';
import { FileLine } from './file-line.tsx';

/** A file that is there, and can be downloaded. */
export function SavedLine({
  file,
  start,
  about,
  children,
}: {
  file: Attachment;
  start?: ReactNode;
  /** Stands behind its size. */
  about?: ReactNode;
  children?: ReactNode;
}) {
  const { t } = useLingui();
  const { bytes } = useFormats();
  const { filename, size } = file;
  return (
    <FileLine
      start={start}
      name={<bdi>{filename}</bdi>}
      about={
        <>
          {bytes(size)}
          {about}
        </>
      }
    >
      <IconButton size={28} icon={DownloadIcon} label={t`Download ${filename}`} onClick={() => void download(file)} />
      {children}
    </FileLine>
  );
}

import { useLingui } from '@lingui/react/macro';
import { FileList } from './file-list.tsx';
import { UploadLine } from './upload-line.tsx';

/** Files that were chosen for a message which is still being written. */
export function StagedFiles({ files, onRemove }: { files: readonly File[]; onRemove: (file: File) => void }) {
  const { t } = useLingui();
  return (
    <FileList label={t`Files of this message`}>
      {files.map((file, at) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: two files may have one name
        <UploadLine key={`${at} ${file.name}`} name={file.name} size={file.size} onCancel={() => onRemove(file)} />
      ))}
    </FileList>
  );
}

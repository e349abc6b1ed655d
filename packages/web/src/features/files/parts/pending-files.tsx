import type { PendingMessage, UploadFile } from '@atrium/client';
import { useLingui } from '@lingui/react/macro';
import { progressOf } from '../model/model.ts';
import { FileList } from './file-list.tsx';
import { UploadLine } from './upload-line.tsx';

const sizeOf = (file: UploadFile): number => (file instanceof Blob ? file : file.content).size;

/** The files of a message that is on its way: it is sent when all of them are there. */
export function PendingFiles({
  pending: { files = [], problem, progress, status },
  onRemove,
}: {
  pending: PendingMessage;
  onRemove: (file: UploadFile) => void;
}) {
  const { t } = useLingui();
  const parts = progressOf(files.map(sizeOf), progress && progress.total > 0 ? progress.sent / progress.total : 0);
  return (
    <FileList label={t`Files of this message`}>
      {files.map((file, at) => (
        <UploadLine
          // biome-ignore lint/suspicious/noArrayIndexKey: two files may have one name
          key={`${at} ${file.name}`}
          name={file.name}
          size={sizeOf(file)}
          progress={status === 'failed' ? undefined : parts[at]}
          // A refusal begins with the name of the file that it is about.
          error={problem?.detail?.startsWith(`${file.name}: `) ? problem : undefined}
          onCancel={() => onRemove(file)}
        />
      ))}
    </FileList>
  );
}

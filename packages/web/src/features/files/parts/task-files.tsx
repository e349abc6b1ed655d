import type { ListedAttachment, TaskState, User } from '@atrium/protocol';
import { Trans, useLingui } from '@lingui/react/macro';
import { useEffect, useState, useSyncExternalStore } from 'react';
import { useFormats } from '../../../i18n/formats.ts';
import { problemText } from '../../../i18n/problems.ts';
import { useLive } from '../../../live/use-live.ts';
import { useOperationPages } from '../../../live/use-operation.ts';
import { Button, IconButton } from '../../../ui/button/button.tsx';
import { classes } from '../../../ui/classes.ts';
import { Confirm } from '../../../ui/dialog/confirm.tsx';
import { ErrorState } from '../../../ui/feedback/error-state.tsx';
import { DeleteIcon } from '../../../ui/icons.ts';
import { Section } from '../../../ui/layout/pane.tsx';
import { isTyping } from '../../../ui/roving.ts';
import { deleteFile, uploadsOf } from '../commands.ts';
import { isPicture, pastedFiles } from '../model/model.ts';
import { AttachButton } from './attach-button.tsx';
import { FileList } from './file-list.tsx';
import styles from './files.module.css';
import { Viewer } from './late-viewer.ts';
import { Picture } from './picture.tsx';
import { SavedLine } from './saved-line.tsx';
import { UploadLine } from './upload-line.tsx';
import { useFileDrop } from './use-file-drop.ts';

const THUMBNAIL = { width: 40, height: 40 };

/** The files of a task: the latest first, above them those that are on their way. */
export function TaskFiles({
  task,
  personOf,
}: {
  task: Pick<TaskState, 'id' | 'can'>;
  /** Who somebody is that is named by id. */
  personOf: (userId: string) => User | undefined;
}) {
  const { t } = useLingui();
  const mayAdd = task.can.update;
  const isOffline = useLive(({ connection }) => connection !== 'online');
  const store = uploadsOf(task.id);
  const uploads = useSyncExternalStore(store.subscribe, store.get);
  const {
    items = [],
    error,
    hasMore,
    isLoadingMore,
    loadMore,
    retry,
  } = useOperationPages('attachments.ofTask', {
    taskId: task.id,
    limit: 50,
  });
  const add = (files: File[]) => mayAdd && store.add(files);
  const { isOver, target } = useFileDrop(add);
  usePaste(add, mayAdd);
  const pictures = items.filter(isPicture);
  const [shown, setShown] = useState<string>();
  const at = pictures.findIndex(({ id }) => id === shown);
  if (items.length === 0 && !mayAdd && !error) return null;
  return (
    <div className={classes(styles.zone, mayAdd && isOver && styles.over)} {...target}>
      <Section
        title={<Trans>Files</Trans>}
        action={
          mayAdd && (
            <AttachButton
              onFiles={add}
              disabledReason={isOffline ? t`Files can be uploaded when there is a connection` : undefined}
            />
          )
        }
      >
        {error && (
          <ErrorState title={t`The files could not be loaded`} onRetry={retry}>
            {problemText(error)}
          </ErrorState>
        )}
        <FileList label={t`Uploads`}>
          {uploads.map(({ key, file, progress, error: refusal }) => (
            <UploadLine
              key={key}
              name={file.name}
              size={file.size}
              progress={progress}
              error={refusal}
              onCancel={() => store.cancel(key)}
              onRetry={() => store.retry(key)}
            />
          ))}
        </FileList>
        <FileList label={t`Files`}>
          {items.map((file) => (
            <TaskFile key={file.id} file={file} who={personOf(file.uploadedBy)} onView={() => setShown(file.id)} />
          ))}
        </FileList>
        {hasMore && (
          <Button size={28} variant="plain" busy={isLoadingMore} onClick={loadMore}>
            <Trans>Show more</Trans>
          </Button>
        )}
        {mayAdd && (
          <p className={styles.hint}>
            <Trans>Drop files here, or paste a picture.</Trans>
          </p>
        )}
      </Section>
      {at >= 0 && (
        <Viewer
          pictures={pictures}
          at={at}
          onMove={(to) => setShown(pictures[to]?.id)}
          onClose={() => setShown(undefined)}
        />
      )}
    </div>
  );
}

function TaskFile({ file, who, onView }: { file: ListedAttachment; who: User | undefined; onView: () => void }) {
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
          <bdi>{who?.name ?? t`Somebody`}</bdi>
          {' · '}
          <time dateTime={file.createdAt}>{recent(file.createdAt)}</time>
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
        <Trans>It is gone for everybody who can see the task, and cannot be restored.</Trans>
      </Confirm>
    </SavedLine>
  );
}

/** Takes pictures that are pasted anywhere on the page but into a text. */
function usePaste(onFiles: (files: File[]) => void, isOn: boolean): void {
  useEffect(() => {
    if (!isOn) return;
    const paste = (event: ClipboardEvent) => {
      if (!event.clipboardData || isTyping(event.target)) return;
      const files = pastedFiles(event.clipboardData);
      if (files.length > 0) onFiles(files);
    };
    addEventListener('paste', paste);
    return () => removeEventListener('paste', paste);
  }, [onFiles, isOn]);
}

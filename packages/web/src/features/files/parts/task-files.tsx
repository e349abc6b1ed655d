import type { TaskState, User } from '@atrium/protocol';
import { Trans, useLingui } from '@lingui/react/macro';
import { useEffect, useState, useSyncExternalStore } from 'react';
import { problemText } from '../../../i18n/problems.ts';
import { useLive } from '../../../live/use-live.ts';
import { useOperationPages } from '../../../live/use-operation.ts';
import { Button } from '../../../ui/button/button.tsx';
import { classes } from '../../../ui/classes.ts';
import { ErrorState } from '../../../ui/feedback/error-state.tsx';
import { Section } from '../../../ui/layout/pane.tsx';
import { isTyping } from '../../../ui/roving.ts';
import { uploadsOf } from '../commands.ts';
import { isPicture, pastedFiles } from '../model/model.ts';
import { AttachButton } from './attach-button.tsx';
import { FileList } from './file-list.tsx';
import styles from './files.module.css';
import { Viewer } from './late-viewer.ts';
import { StoredFile } from './stored-file.tsx';
import { UploadLine } from './upload-line.tsx';
import { useFileDrop } from './use-file-drop.ts';

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
            <StoredFile
              key={file.id}
              file={file}
              who={personOf(file.uploadedBy)?.name}
              onView={() => setShown(file.id)}
              whenDeleted={<Trans>It is gone for everybody who can see the task, and cannot be restored.</Trans>}
            />
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

import { Trans, useLingui } from '@lingui/react/macro';
import { type ReactNode, useState } from 'react';
import { problemText } from '../../../i18n/problems.ts';
import { useOperationPages } from '../../../live/use-operation.ts';
import { Button } from '../../../ui/button/button.tsx';
import { EmptyState } from '../../../ui/feedback/empty-state.tsx';
import { ErrorState } from '../../../ui/feedback/error-state.tsx';
import { Skeleton } from '../../../ui/feedback/skeleton.tsx';
import { isPicture } from '../model/model.ts';
import { FileList } from './file-list.tsx';
import { Viewer } from './late-viewer.ts';
import { StoredFile } from './stored-file.tsx';

/** The files of a conversation, the latest first. */
export function ConversationFiles({
  conversationId,
  nameOf,
}: {
  conversationId: string;
  /** The name of somebody who uploaded one. */
  nameOf: (userId: string) => ReactNode;
}) {
  const { t } = useLingui();
  const { items, error, hasMore, isLoadingMore, loadMore, retry } = useOperationPages('attachments.ofConversation', {
    conversationId,
    limit: 50,
  });
  const [shown, setShown] = useState<string>();
  const pictures = (items ?? []).filter(isPicture);
  const at = pictures.findIndex(({ id }) => id === shown);
  if (error && !items) {
    return (
      <ErrorState title={t`The files could not be loaded`} onRetry={retry}>
        {problemText(error)}
      </ErrorState>
    );
  }
  if (!items) return <Skeleton rows={4} />;
  if (items.length === 0) {
    return (
      <EmptyState title={t`No files yet`}>
        <Trans>What is sent with a message here is listed, the latest first.</Trans>
      </EmptyState>
    );
  }
  return (
    <>
      <FileList label={t`Files`}>
        {items.map((file) => (
          <StoredFile
            key={file.id}
            file={file}
            who={nameOf(file.uploadedBy)}
            onView={() => setShown(file.id)}
            whenDeleted={<Trans>It is gone for everybody who can see the conversation, and cannot be restored.</Trans>}
          />
        ))}
      </FileList>
      {hasMore && (
        <Button size={28} variant="plain" busy={isLoadingMore} onClick={loadMore}>
          <Trans>Show more</Trans>
        </Button>
      )}
      {at >= 0 && (
        <Viewer
          pictures={pictures}
          at={at}
          onMove={(to) => setShown(pictures[to]?.id)}
          onClose={() => setShown(undefined)}
        />
      )}
    </>
  );
}

import type { WorkspaceAttachment } from '@atrium/protocol';
import { Trans, useLingui } from '@lingui/react/macro';
import { type ReactNode, useEffect, useState } from 'react';
import { problemText } from '../../../i18n/problems.ts';
import { useOperationPages } from '../../../live/use-operation.ts';
import { Button } from '../../../ui/button/button.tsx';
import { Segmented } from '../../../ui/choice/choice.tsx';
import { EmptyState } from '../../../ui/feedback/empty-state.tsx';
import { ErrorState } from '../../../ui/feedback/error-state.tsx';
import { Skeleton } from '../../../ui/feedback/skeleton.tsx';
import { TextField } from '../../../ui/field/text-field.tsx';
import { Page } from '../../../ui/layout/pane.tsx';
import { useNavigate } from '../../../ui/link/link-context.tsx';
import { type FileQuery, filesAddress } from '../model/file-query.ts';
import { isPicture } from '../model/model.ts';
import { FileList } from '../parts/file-list.tsx';
import styles from '../parts/files.module.css';
import { Viewer } from '../parts/late-viewer.ts';
import { StoredFile } from '../parts/stored-file.tsx';

/** Milliseconds without a key after which what was typed is asked for. */
const REST = 250;

export interface WorkspaceFilesProps {
  workspaceId: string;
  query: FileQuery;
  /** The name of somebody who uploaded one. */
  nameOf: (userId: string) => ReactNode;
  /** What a file belongs to. */
  whereOf: (file: WorkspaceAttachment) => ReactNode;
}

/** `/w/:id/files`: all files of a workspace that I can read; what is shown of them is in the address. */
export function WorkspaceFilesScreen({ workspaceId, query, nameOf, whereOf }: WorkspaceFilesProps) {
  const { t } = useLingui();
  const navigate = useNavigate();
  const [text, setText] = useState(query.q ?? '');
  const change = (part: FileQuery) =>
    navigate(filesAddress(workspaceId, { ...query, q: text, ...part }), { replace: true });
  useEffect(() => {
    document.title = `${t`Files`} · Atrium`;
  }, [t]);
  useEffect(() => {
    if (text === (query.q ?? '')) return;
    const timer = setTimeout(() => navigate(filesAddress(workspaceId, { ...query, q: text }), { replace: true }), REST);
    return () => clearTimeout(timer);
  }, [text, query, workspaceId, navigate]);
  return (
    <Page title={t`Files`}>
      <search className={styles.search}>
        <TextField
          label={t`Search by name`}
          hideLabel
          type="search"
          maxLength={100}
          placeholder={t`Find by name`}
          value={text}
          onChange={({ target }) => setText(target.value)}
        />
        <Segmented
          label={t`Which files`}
          value={query.kind ?? 'all'}
          options={[
            { value: 'all', label: t`All` },
            { value: 'image', label: t`Pictures` },
            { value: 'document', label: t`Documents` },
          ]}
          onChange={(kind) => change({ kind: kind === 'all' ? undefined : kind })}
        />
      </search>
      <Files
        key={JSON.stringify([workspaceId, query])}
        {...{ workspaceId, query, nameOf, whereOf }}
        onClear={() => {
          setText('');
          navigate(filesAddress(workspaceId, {}), { replace: true });
        }}
      />
    </Page>
  );
}

function Files({ workspaceId, query, nameOf, whereOf, onClear }: WorkspaceFilesProps & { onClear: () => void }) {
  const { t } = useLingui();
  const { items, error, hasMore, isLoadingMore, showMore, retry } = useWorkspaceFiles(workspaceId, query);
  const [shown, setShown] = useState<string>();
  const pictures = (items ?? []).filter(isPicture);
  const at = pictures.findIndex(({ id }) => id === shown);
  if (error && !items?.length) {
    return (
      <ErrorState title={t`The files could not be loaded`} onRetry={retry}>
        {problemText(error)}
      </ErrorState>
    );
  }
  if (!items || (items.length === 0 && hasMore)) return <Skeleton rows={6} />;
  if (items.length === 0) return <NoFiles isFiltered={Boolean(query.q || query.kind)} onClear={onClear} />;
  return (
    <>
      <FileList label={t`Files`}>
        {items.map((file) => (
          <StoredFile
            key={file.id}
            file={file}
            who={nameOf(file.uploadedBy)}
            where={whereOf(file)}
            onView={() => setShown(file.id)}
            whenDeleted={<Trans>It is gone for everybody who can see it, and cannot be restored.</Trans>}
          />
        ))}
      </FileList>
      {hasMore && (
        <Button size={28} variant="plain" busy={isLoadingMore} onClick={showMore}>
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

function NoFiles({ isFiltered, onClear }: { isFiltered: boolean; onClear: () => void }) {
  const { t } = useLingui();
  if (!isFiltered) {
    return (
      <EmptyState title={t`No files yet`}>
        <Trans>Files of messages, tasks and products that you can see are listed here, the latest first.</Trans>
      </EmptyState>
    );
  }
  return (
    <EmptyState
      title={t`No such files`}
      action={
        <Button onClick={onClear}>
          <Trans>Show all files</Trans>
        </Button>
      }
    >
      <Trans>Try a shorter part of the name, or another kind of file.</Trans>
    </EmptyState>
  );
}

/** A page may have no file that I can read and still be followed by others: they are loaded until there is one. */
function useWorkspaceFiles(workspaceId: string, { q, kind }: FileQuery) {
  const input = { workspaceId, limit: 50, ...(q && { q }), ...(kind && { kind }) };
  const { items, error, hasMore, isLoadingMore, loadMore, retry } = useOperationPages('attachments.ofWorkspace', input);
  const [wanted, setWanted] = useState(1);
  const count = items?.length;
  const isShort = count !== undefined && count < wanted && hasMore;
  useEffect(() => {
    if (isShort && !isLoadingMore && !error) loadMore();
  });
  return {
    ...{ items, error, hasMore, retry },
    isLoadingMore: isLoadingMore || (isShort && !error),
    showMore: () => setWanted((count ?? 0) + 1),
  };
}

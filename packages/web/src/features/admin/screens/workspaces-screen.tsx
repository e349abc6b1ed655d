import type { AdminWorkspace } from '@atrium/protocol';
import { Trans, useLingui } from '@lingui/react/macro';
import { useState } from 'react';
import { problemText } from '../../../i18n/problems.ts';
import { useOperationPages } from '../../../live/use-operation.ts';
import { Button } from '../../../ui/button/button.tsx';
import { EmptyState } from '../../../ui/feedback/empty-state.tsx';
import { ErrorState } from '../../../ui/feedback/error-state.tsx';
import { Skeleton } from '../../../ui/feedback/skeleton.tsx';
import { Select, TextField } from '../../../ui/field/text-field.tsx';
import { List } from '../../../ui/layout/pane.tsx';
import { useNavigate } from '../../../ui/link/link-context.tsx';
import { addressOf, readWorkspaceFilters, type WorkspaceFilters } from '../model.ts';
import styles from '../parts/admin.module.css';
import { AdminFrame } from '../parts/admin-frame.tsx';
import { DeleteWorkspace } from '../parts/delete-workspace.tsx';
import { WorkspaceRow } from '../parts/workspace-row.tsx';

/** `/admin/workspaces`: every workspace of the instance. */
export function WorkspacesScreen({ filters }: { filters: WorkspaceFilters }) {
  const { t } = useLingui();
  const navigate = useNavigate();
  const { q, show } = filters;
  const { items, error, hasMore, isLoadingMore, loadMore, retry } = useOperationPages('adminWorkspaces.list', {
    ...(q !== undefined && { q }),
    personal: show === 'all',
  });
  const [deleting, setDeleting] = useState<AdminWorkspace>();
  const change = (part: WorkspaceFilters) =>
    navigate(addressOf('/admin/workspaces', readWorkspaceFilters({ ...filters, ...part })), { replace: true });
  return (
    <AdminFrame part="workspaces" intro={t`Every workspace here, also those that you are not in.`}>
      <div className={styles.filters}>
        <TextField
          hideLabel
          type="search"
          label={t`Find by name`}
          placeholder={t`Find by name`}
          maxLength={100}
          defaultValue={q ?? ''}
          onChange={({ target }) => change({ q: target.value })}
        />
        <Select
          hideLabel
          label={t`Which`}
          value={show ?? ''}
          onChange={({ target }) => change(readWorkspaceFilters({ ...filters, show: target.value }))}
        >
          <option value="">{t`Shared ones`}</option>
          <option value="all">{t`Personal ones too`}</option>
        </Select>
      </div>
      {error && !items ? (
        <ErrorState title={t`The workspaces could not be loaded`} onRetry={retry}>
          {problemText(error)}
        </ErrorState>
      ) : !items ? (
        <Skeleton rows={6} />
      ) : items.length === 0 ? (
        <EmptyState
          title={q === undefined ? t`No workspaces yet` : t`No workspace fits`}
          action={
            q !== undefined && (
              <Button onClick={() => navigate('/admin/workspaces', { replace: true })}>
                <Trans>Clear filters</Trans>
              </Button>
            )
          }
        />
      ) : (
        <List label={t`Workspaces`}>
          {items.map((workspace) => (
            <WorkspaceRow key={workspace.id} workspace={workspace} onDelete={() => setDeleting(workspace)} />
          ))}
        </List>
      )}
      {hasMore && (
        <div className={styles.more}>
          <Button busy={isLoadingMore} onClick={loadMore}>
            <Trans>Show more</Trans>
          </Button>
        </div>
      )}
      {deleting && <DeleteWorkspace workspace={deleting} onClose={() => setDeleting(undefined)} />}
    </AdminFrame>
  );
}

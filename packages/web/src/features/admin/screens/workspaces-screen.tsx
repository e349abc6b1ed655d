import type { AdminWorkspace } from '@atrium/protocol';
import { useLingui } from '@lingui/react/macro';
import { useState } from 'react';
import { useOperationPages } from '../../../live/use-operation.ts';
import { EmptyState } from '../../../ui/feedback/empty-state.tsx';
import { Select, TextField } from '../../../ui/field/text-field.tsx';
import { useNavigate } from '../../../ui/link/link-context.tsx';
import { addressOf, readWorkspaceFilters, type WorkspaceFilters } from '../model.ts';
import styles from '../parts/admin.module.css';
import { AdminFrame } from '../parts/admin-frame.tsx';
import { DeleteWorkspace } from '../parts/delete-workspace.tsx';
import { ClearFilters, PagedList } from '../parts/paged-list.tsx';
import { WorkspaceRow } from '../parts/workspace-row.tsx';

/** `/admin/workspaces`: every workspace of the instance. */
export function WorkspacesScreen({ filters }: { filters: WorkspaceFilters }) {
  const { t } = useLingui();
  const navigate = useNavigate();
  const { q, show } = filters;
  const pages = useOperationPages('adminWorkspaces.list', {
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
      <PagedList
        label={t`Workspaces`}
        pages={pages}
        failure={t`The workspaces could not be loaded`}
        empty={
          q === undefined ? (
            <EmptyState title={t`No workspaces yet`} />
          ) : (
            <EmptyState
              title={t`No workspace fits`}
              action={<ClearFilters onClear={() => navigate('/admin/workspaces', { replace: true })} />}
            />
          )
        }
      >
        {(workspace) => (
          <WorkspaceRow key={workspace.id} workspace={workspace} onDelete={() => setDeleting(workspace)} />
        )}
      </PagedList>
      {deleting && <DeleteWorkspace workspace={deleting} onClose={() => setDeleting(undefined)} />}
    </AdminFrame>
  );
}

import type { AdminUser } from '@atrium/protocol';
import { useLingui } from '@lingui/react/macro';
import { useState } from 'react';
import { useOperationPages } from '../../../live/use-operation.ts';
import { EmptyState } from '../../../ui/feedback/empty-state.tsx';
import { Select, TextField } from '../../../ui/field/text-field.tsx';
import { useNavigate } from '../../../ui/link/link-context.tsx';
import type { UserDeed } from '../commands.ts';
import { addressOf, readUserFilters, type UserFilters } from '../model.ts';
import styles from '../parts/admin.module.css';
import { AdminFrame } from '../parts/admin-frame.tsx';
import { DeedDialog } from '../parts/deed-dialog.tsx';
import { ClearFilters, PagedList } from '../parts/paged-list.tsx';
import { UserRow } from '../parts/user-row.tsx';

/** `/admin/users`: everyone with an account, and what can be done about it. */
export function UsersScreen({ filters }: { filters: UserFilters }) {
  const { t } = useLingui();
  const navigate = useNavigate();
  const { q, role, status } = filters;
  const pages = useOperationPages('adminUsers.list', {
    ...(q !== undefined && { q }),
    ...(role !== undefined && { role }),
    ...(status !== undefined && { status }),
  });
  const [asking, setAsking] = useState<{ user: AdminUser; deed: UserDeed }>();
  const change = (part: UserFilters) =>
    navigate(addressOf('/admin/users', readUserFilters({ ...filters, ...part })), { replace: true });
  return (
    <AdminFrame part="users" intro={t`Everyone with an account here.`}>
      <div className={styles.filters}>
        <TextField
          hideLabel
          type="search"
          label={t`Find by name, user name or e-mail`}
          placeholder={t`Name or e-mail`}
          maxLength={100}
          defaultValue={q ?? ''}
          onChange={({ target }) => change({ q: target.value })}
        />
        <Select
          hideLabel
          label={t`Role`}
          value={role ?? ''}
          onChange={({ target }) => change(readUserFilters({ ...filters, role: target.value }))}
        >
          <option value="">{t`Every role`}</option>
          <option value="admin">{t`Administrators`}</option>
          <option value="user">{t`Everyone else`}</option>
        </Select>
        <Select
          hideLabel
          label={t`State`}
          value={status ?? ''}
          onChange={({ target }) => change(readUserFilters({ ...filters, status: target.value }))}
        >
          <option value="">{t`Every state`}</option>
          <option value="active">{t`Active`}</option>
          <option value="disabled">{t`Disabled`}</option>
          <option value="unverified">{t`Not verified`}</option>
        </Select>
      </div>
      <PagedList
        label={t`People`}
        pages={pages}
        failure={t`The people could not be loaded`}
        empty={
          <EmptyState
            title={t`Nobody fits`}
            action={<ClearFilters onClear={() => navigate('/admin/users', { replace: true })} />}
          />
        }
      >
        {(user) => <UserRow key={user.id} user={user} onDeed={(deed) => setAsking({ user, deed })} />}
      </PagedList>
      {asking && <DeedDialog {...asking} onClose={() => setAsking(undefined)} />}
    </AdminFrame>
  );
}

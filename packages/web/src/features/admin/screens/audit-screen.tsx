import { Trans, useLingui } from '@lingui/react/macro';
import { useState } from 'react';
import { dayAfter, instantAt } from '../../../i18n/days.ts';
import { problemText } from '../../../i18n/problems.ts';
import { client } from '../../../live/client.ts';
import { useOperation, useOperationPages } from '../../../live/use-operation.ts';
import { Button } from '../../../ui/button/button.tsx';
import { EmptyState } from '../../../ui/feedback/empty-state.tsx';
import { DownloadIcon } from '../../../ui/icons.ts';
import { useNavigate } from '../../../ui/link/link-context.tsx';
import { FormProblem, useMe } from '../../identity/index.ts';
import { type AuditFilters, addressOf } from '../model.ts';
import styles from '../parts/admin.module.css';
import { AdminFrame } from '../parts/admin-frame.tsx';
import { AuditFilterBar } from '../parts/audit-filters.tsx';
import { AuditRow } from '../parts/audit-row.tsx';
import { ClearFilters, PagedList } from '../parts/paged-list.tsx';

/** `/admin/audit`: what happened, who did it and from where. */
export function AuditScreen({ filters }: { filters: AuditFilters }) {
  const { t } = useLingui();
  const navigate = useNavigate();
  const { timezone } = useMe();
  const { kind, user, from, to } = filters;
  const input = {
    ...(kind !== undefined && { kind }),
    ...(user !== undefined && { userId: user }),
    ...(from !== undefined && { from: instantAt(from, '00:00', timezone) }),
    ...(to !== undefined && { to: instantAt(dayAfter(to, 1), '00:00', timezone) }),
  };
  const pages = useOperationPages('audit.list', input);
  const person = useOperation('adminUsers.get', user === undefined ? undefined : { userId: user }).data;
  const [isBusy, setBusy] = useState(false);
  const [problem, setProblem] = useState<string>();
  const change = (part: AuditFilters) =>
    navigate(addressOf('/admin/audit', { ...filters, ...part }), { replace: true });
  const save = async () => {
    setBusy(true);
    setProblem(undefined);
    try {
      const { pathname, search } = new URL((await client.call('audit.export', input)).url);
      location.assign(pathname + search);
    } catch (refusal) {
      setProblem(problemText(refusal));
    }
    setBusy(false);
  };
  return (
    <AdminFrame part="audit" intro={t`What happened, who did it and from where: the newest first.`}>
      <AuditFilterBar filters={filters} personName={person?.name} onChange={change} />
      <div className={styles.above}>
        <Button icon={DownloadIcon} busy={isBusy} onClick={() => void save()}>
          <Trans>Save as CSV</Trans>
        </Button>
      </div>
      <FormProblem>{problem}</FormProblem>
      <PagedList
        label={t`Audit log`}
        pages={pages}
        failure={t`The audit log could not be loaded`}
        more={<Trans>Show earlier ones</Trans>}
        empty={
          <EmptyState
            title={t`No entry fits`}
            action={<ClearFilters onClear={() => navigate('/admin/audit', { replace: true })} />}
          />
        }
      >
        {(entry) => <AuditRow key={entry.id} entry={entry} />}
      </PagedList>
    </AdminFrame>
  );
}

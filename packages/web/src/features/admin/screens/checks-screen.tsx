import type { InstanceCheck } from '@atrium/protocol';
import { plural } from '@lingui/core/macro';
import { Trans, useLingui } from '@lingui/react/macro';
import { problemText } from '../../../i18n/problems.ts';
import { useReport } from '../../../live/use-operation.ts';
import { Button } from '../../../ui/button/button.tsx';
import { ErrorState } from '../../../ui/feedback/error-state.tsx';
import { Skeleton } from '../../../ui/feedback/skeleton.tsx';
import { List } from '../../../ui/layout/pane.tsx';
import { Chip } from '../../../ui/text/chip.tsx';
import { useMe } from '../../identity/index.ts';
import { worstFirst } from '../model.ts';
import styles from '../parts/admin.module.css';
import { AdminFrame } from '../parts/admin-frame.tsx';

/** `/admin/checks`: what usually goes wrong around a server, and what to do about it. */
export function ChecksScreen() {
  const { t } = useLingui();
  const { role } = useMe();
  return (
    <AdminFrame
      part="checks"
      intro={t`The checks of “atrium doctor”, made by the server that answers you. They take a few seconds.`}
    >
      {role === 'admin' && <Checks />}
    </AdminFrame>
  );
}

function Checks() {
  const { t } = useLingui();
  const { data, error, isFetching, refetch } = useReport('doctor.run', {});
  if (!data || error) {
    return error && !isFetching ? (
      <ErrorState title={t`The checks could not be made`} onRetry={() => void refetch()}>
        {problemText(error)}
      </ErrorState>
    ) : (
      <Skeleton rows={8} />
    );
  }
  const { checks } = data;
  const open = checks.filter(({ status }) => status !== 'ok').length;
  return (
    <>
      <div className={styles.summary}>
        <p role="status">
          {open === 0
            ? t`Everything is in order.`
            : plural(open, { one: '# check needs your attention.', other: '# checks need your attention.' })}
        </p>
        <Button busy={isFetching} onClick={() => void refetch()}>
          <Trans>Check again</Trans>
        </Button>
      </div>
      <List label={t`Checks`}>
        {worstFirst(checks).map((check) => (
          <CheckRow key={check.name} check={check} />
        ))}
      </List>
    </>
  );
}

/** What one check found. Its texts are in English: they are for whoever runs the server, as those of the command are. */
function CheckRow({ check: { found, name, next, status } }: { check: InstanceCheck }) {
  const { t } = useLingui();
  const chips = {
    ok: <Chip tone="leaf">{t`In order`}</Chip>,
    warning: <Chip tone="amber">{t`Look at this`}</Chip>,
    failed: <Chip tone="brick">{t`Failed`}</Chip>,
  };
  return (
    <li className={styles.entry}>
      <div className={styles.entryHead}>
        <strong lang="en">{name}</strong>
        {chips[status]}
      </div>
      <p className={styles.facts} lang="en">
        {found}
      </p>
      {next !== undefined && (
        <p className={styles.next} lang="en">
          {next}
        </p>
      )}
    </li>
  );
}

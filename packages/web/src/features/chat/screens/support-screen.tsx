import type { OutputNamed } from '@atrium/client';
import { Trans, useLingui } from '@lingui/react/macro';
import { useState } from 'react';
import { useFormats } from '../../../i18n/formats.ts';
import { problemText } from '../../../i18n/problems.ts';
import { client } from '../../../live/client.ts';
import { useOperation } from '../../../live/use-operation.ts';
import { Button } from '../../../ui/button/button.tsx';
import { Segmented } from '../../../ui/choice/choice.tsx';
import { EmptyState } from '../../../ui/feedback/empty-state.tsx';
import { ErrorState } from '../../../ui/feedback/error-state.tsx';
import { Skeleton } from '../../../ui/feedback/skeleton.tsx';
import { List, Page, Row } from '../../../ui/layout/pane.tsx';
import { Link } from '../../../ui/link/link.tsx';
import { useNavigate } from '../../../ui/link/link-context.tsx';
import { Chip } from '../../../ui/text/chip.tsx';
import { showToast } from '../../../ui/toast/toasts.ts';
import { usePerson } from '../hooks.ts';
import styles from './screens.module.css';

type Case = OutputNamed<'support.queue'>['items'][number];
type Status = 'open' | 'unassigned' | 'closed';

/** `/w/:workspaceId/support`: support cases, oldest first. */
export function SupportScreen({ workspaceId }: { workspaceId: string }) {
  const { t } = useLingui();
  const [status, setStatus] = useState<Status>('open');
  const { data, error, refetch } = useOperation('support.queue', {
    workspaceId,
    limit: 100,
    ...(status !== 'open' && { status }),
  });
  return (
    <Page title={t`Support`}>
      <div className={styles.tabs}>
        <Segmented
          label={t`Cases`}
          value={status}
          onChange={setStatus}
          options={[
            { value: 'open', label: t`Open` },
            { value: 'unassigned', label: t`Nobody’s yet` },
            { value: 'closed', label: t`Closed` },
          ]}
        />
      </div>
      {error ? (
        <ErrorState title={t`The cases could not be loaded`} onRetry={() => void refetch()}>
          {problemText(error)}
        </ErrorState>
      ) : !data ? (
        <Skeleton rows={5} />
      ) : data.items.length === 0 ? (
        <EmptyState title={t`No cases`}>
          <Trans>What customers ask comes here.</Trans>
        </EmptyState>
      ) : (
        <List label={t`Cases`}>
          {data.items.map((each) => (
            <CaseRow key={each.id} supportCase={each} onChanged={() => void refetch()} />
          ))}
        </List>
      )}
    </Page>
  );
}

function CaseRow({ supportCase, onChanged }: { supportCase: Case; onChanged: () => void }) {
  const { t } = useLingui();
  const navigate = useNavigate();
  const { recent } = useFormats();
  const { createdAt, id: conversationId, name, support, can, workspaceId } = supportCase;
  const assignee = usePerson(workspaceId, support?.assigneeId ?? '');
  const customer = usePerson(workspaceId, support?.customerId ?? '');
  const [busy, setBusy] = useState(false);
  const run = async (what: 'support.take' | 'support.close' | 'support.release') => {
    setBusy(true);
    try {
      await client.call(what, { conversationId });
      if (what === 'support.take') navigate(`/c/${conversationId}`);
    } catch (error) {
      showToast({ kind: 'problem', title: t`That was refused`, body: problemText(error) });
    }
    setBusy(false);
    onChanged();
  };
  return (
    <Row
      sub={support?.status === 'closed' ? t`closed` : assignee && <bdi>{assignee.name}</bdi>}
      end={
        <>
          {support?.status === 'unassigned' && <Chip tone="amber">{t`waiting`}</Chip>}
          {recent(createdAt)}
          {(can.take || can.reopen) && (
            <Button size={28} busy={busy} onClick={() => void run('support.take')}>
              {can.reopen ? <Trans>Open again</Trans> : <Trans>Take</Trans>}
            </Button>
          )}
          {can.handOver && (
            <Button size={28} variant="plain" busy={busy} onClick={() => void run('support.release')}>
              <Trans>Put back</Trans>
            </Button>
          )}
          {can.close && (
            <Button size={28} variant="plain" busy={busy} onClick={() => void run('support.close')}>
              <Trans>Close</Trans>
            </Button>
          )}
        </>
      }
    >
      <Link to={`/c/${conversationId}`}>
        <bdi>{name ?? customer?.name ?? t`Support case`}</bdi>
      </Link>
    </Row>
  );
}

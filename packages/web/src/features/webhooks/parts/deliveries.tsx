import type { WebhookDelivery, WebhookDeliveryState, WebhookEndpoint } from '@atrium/protocol';
import { plural } from '@lingui/core/macro';
import { Trans, useLingui } from '@lingui/react/macro';
import { useEffect, useState } from 'react';
import { useFormats } from '../../../i18n/formats.ts';
import { problemText } from '../../../i18n/problems.ts';
import { useOperationPages } from '../../../live/use-operation.ts';
import { Button } from '../../../ui/button/button.tsx';
import { Segmented } from '../../../ui/choice/choice.tsx';
import { ErrorState } from '../../../ui/feedback/error-state.tsx';
import { Skeleton } from '../../../ui/feedback/skeleton.tsx';
import { RetryIcon } from '../../../ui/icons.ts';
import { Chip } from '../../../ui/text/chip.tsx';
import { clearDeliveries, refreshEndpoints, resend } from '../commands.ts';
import { useDeliveryStates } from './names.ts';
import styles from './webhooks.module.css';

type Filter = 'all' | WebhookDeliveryState;

/** What an endpoint was sent, newest first. */
export function Deliveries({ endpoint }: { endpoint: WebhookEndpoint }) {
  const { t } = useLingui();
  const states = useDeliveryStates();
  const [filter, setFilter] = useState<Filter>('all');
  const { error, hasMore, isLoadingMore, items, loadMore, retry } = useOperationPages('webhookEndpoints.deliveries', {
    ...{ workspaceId: endpoint.workspaceId, endpointId: endpoint.id, limit: 20 },
    ...(filter !== 'all' && { state: filter }),
  });
  useEffect(() => clearDeliveries, []);
  return (
    <>
      <div className={styles.bar}>
        <Segmented<Filter>
          label={t`Which deliveries`}
          value={filter}
          onChange={setFilter}
          options={[
            { value: 'all', label: t`All` },
            ...(['waiting', 'delivered', 'failed'] as const).map((value) => ({ value, label: states[value][0] })),
          ]}
        />
        <Button size={28} icon={RetryIcon} onClick={() => void refreshEndpoints()}>
          <Trans>Refresh</Trans>
        </Button>
      </div>
      {error && !items ? (
        <ErrorState title={t`The deliveries could not be loaded`} onRetry={retry}>
          {problemText(error)}
        </ErrorState>
      ) : items === undefined ? (
        <Skeleton rows={3} />
      ) : items.length === 0 ? (
        <p className={styles.empty}>
          <Trans>None.</Trans>
        </p>
      ) : (
        items.map((delivery) => <Delivery key={delivery.id} endpoint={endpoint} delivery={delivery} />)
      )}
      {hasMore && (
        <Button busy={isLoadingMore} onClick={loadMore}>
          <Trans>Show earlier ones</Trans>
        </Button>
      )}
    </>
  );
}

function Delivery({ endpoint, delivery }: { endpoint: WebhookEndpoint; delivery: WebhookDelivery }) {
  const { t } = useLingui();
  const { moment, number } = useFormats();
  const [isBusy, setBusy] = useState(false);
  const { answer, attempts, durationMs, occurredAt, state, status, type } = delivery;
  const [name, tone] = useDeliveryStates()[state];
  const again = async () => {
    setBusy(true);
    await resend(endpoint, delivery.id);
    setBusy(false);
  };
  const facts = [
    moment(occurredAt),
    attempts > 0 && plural(attempts, { one: '# attempt', other: '# attempts' }),
    status !== null && t`answer ${status}`,
    durationMs !== null && t`${number(durationMs)} ms`,
  ];
  return (
    <article className={styles.card} aria-label={type}>
      <div className={styles.cardHead}>
        <code>{type}</code>
        <Chip tone={tone}>{name}</Chip>
        {state !== 'waiting' && (
          <Button size={28} busy={isBusy} aria-label={t`Send again: ${type}`} onClick={() => void again()}>
            <Trans>Send again</Trans>
          </Button>
        )}
      </div>
      <p className={styles.facts}>{facts.filter(Boolean).join(' · ')}</p>
      {answer && <pre className={styles.answer}>{answer}</pre>}
    </article>
  );
}

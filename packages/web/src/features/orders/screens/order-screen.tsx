import type { Order } from '@atrium/protocol';
import { Trans, useLingui } from '@lingui/react/macro';
import { useEffect } from 'react';
import { useFormats } from '../../../i18n/formats.ts';
import { problemText } from '../../../i18n/problems.ts';
import { useLive } from '../../../live/use-live.ts';
import { Button } from '../../../ui/button/button.tsx';
import { ErrorState } from '../../../ui/feedback/error-state.tsx';
import { Skeleton } from '../../../ui/feedback/skeleton.tsx';
import { BackIcon, FileIcon, MessageIcon } from '../../../ui/icons.ts';
import { Page } from '../../../ui/layout/pane.tsx';
import { useNavigate } from '../../../ui/link/link-context.tsx';
import { useOrder, useWorkspaceName } from '../hooks.ts';
import { OrderActions } from '../parts/order-actions.tsx';
import { OrderLines } from '../parts/order-lines.tsx';
import styles from '../parts/orders.module.css';
import { StatusSteps } from '../parts/status-steps.tsx';
import { Timeline } from '../parts/timeline.tsx';

/** `/orders/:orderId` and `/w/:id/desk/:orderId`: one order. @param back the list that it stands in */
export function OrderScreen({ orderId, back }: { orderId: string; back: string }) {
  const { t } = useLingui();
  const { order, error, retry } = useOrder(orderId);
  const number = order?.number;
  const title = number === undefined ? t`Order` : t`Order ${number}`;
  useEffect(() => {
    document.title = `${title} · Atrium`;
  }, [title]);
  return (
    <Page title={title} actions={<HeadButtons order={order} back={back} />}>
      {order ? (
        <OrderPage order={order} />
      ) : error ? (
        <ErrorState title={t`This order is not here`} onRetry={retry}>
          {problemText(error)}
        </ErrorState>
      ) : (
        <Skeleton rows={6} />
      )}
    </Page>
  );
}

function HeadButtons({ order, back }: { order: Order | undefined; back: string }) {
  const navigate = useNavigate();
  const conversationId = order?.conversationId ?? '';
  const isThere = useLive(({ conversations }) => conversationId in conversations);
  return (
    <div className={styles.buttons}>
      <Button icon={BackIcon} onClick={() => navigate(back)}>
        <Trans>All orders</Trans>
      </Button>
      {isThere && (
        <Button icon={MessageIcon} onClick={() => navigate(`/c/${conversationId}`)}>
          <Trans>Conversation</Trans>
        </Button>
      )}
      {order && (
        <Button icon={FileIcon} onClick={() => print()}>
          <Trans>Print</Trans>
        </Button>
      )}
    </div>
  );
}

function OrderPage({ order }: { order: Order }) {
  const { t } = useLingui();
  const { full } = useFormats();
  const nameOf = (userId: string | null) => order.people.find(({ id }) => id === userId)?.name;
  const facts: [string, string | undefined][] = [
    [t({ message: 'From', context: 'seller' }), useWorkspaceName(order.workspaceId)],
    [t`Buyer`, nameOf(order.buyerId)],
    [t`Placed`, full(order.createdAt)],
    [t`Handled by`, order.assigneeId === null ? t`nobody yet` : nameOf(order.assigneeId)],
  ];
  return (
    <div className={styles.sections}>
      <StatusSteps status={order.status} />
      <dl className={styles.facts}>
        {facts.map(
          ([name, value]) =>
            value !== undefined && (
              <div key={name}>
                <dt>{name}</dt>
                <dd>
                  <bdi>{value}</bdi>
                </dd>
              </div>
            ),
        )}
      </dl>
      <OrderLines order={order} />
      {order.note !== '' && (
        <blockquote className={styles.note} dir="auto">
          {order.note}
        </blockquote>
      )}
      <OrderActions order={order} />
      <Timeline order={order} />
    </div>
  );
}

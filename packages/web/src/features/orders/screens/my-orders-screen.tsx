import type { OrderSummary } from '@atrium/protocol';
import { plural } from '@lingui/core/macro';
import { Trans, useLingui } from '@lingui/react/macro';
import { useFormats } from '../../../i18n/formats.ts';
import { problemText } from '../../../i18n/problems.ts';
import { Button } from '../../../ui/button/button.tsx';
import { EmptyState } from '../../../ui/feedback/empty-state.tsx';
import { ErrorState } from '../../../ui/feedback/error-state.tsx';
import { Skeleton } from '../../../ui/feedback/skeleton.tsx';
import { List, Page, Row } from '../../../ui/layout/pane.tsx';
import { Link } from '../../../ui/link/link.tsx';
import { shopAddress } from '../../catalog/index.ts';
import { useMyOrders, useWorkspaceName } from '../hooks.ts';
import { orderAddress } from '../model.ts';
import styles from '../parts/orders.module.css';
import { StatusChip } from '../parts/status-chip.tsx';

/** `/orders`: what I ordered, with its live status. @param workspaceId whose shop to go to when there is nothing */
export function MyOrdersScreen({ workspaceId }: { workspaceId: string | undefined }) {
  const { t } = useLingui();
  const { orders, items, error, hasMore, isLoadingMore, loadMore, retry } = useMyOrders();
  return (
    <Page title={t`My orders`}>
      {orders.length > 0 ? (
        <List label={t`My orders`}>
          {orders.map((order) => (
            <OrderRow key={order.id} order={order} />
          ))}
        </List>
      ) : error ? (
        <ErrorState title={t`Your orders could not be loaded`} onRetry={retry}>
          {problemText(error)}
        </ErrorState>
      ) : items ? (
        <EmptyState
          title={t`No orders yet`}
          action={
            workspaceId !== undefined && (
              <Link to={shopAddress(workspaceId)}>
                <Trans>Go to the shop</Trans>
              </Link>
            )
          }
        >
          <Trans>What you order in a shop is listed here.</Trans>
        </EmptyState>
      ) : (
        <Skeleton rows={5} />
      )}
      {hasMore && (
        <div className={styles.more}>
          <Button busy={isLoadingMore} onClick={loadMore}>
            <Trans>Show earlier ones</Trans>
          </Button>
        </div>
      )}
    </Page>
  );
}

function OrderRow({ order }: { order: OrderSummary }) {
  const { t } = useLingui();
  const { money, recent } = useFormats();
  const { createdAt, currency, id, lineCount, number, status, title, total, workspaceId } = order;
  const shop = useWorkspaceName(workspaceId);
  const others = lineCount - 1;
  const rest = others > 0 ? plural(others, { one: 'and # more product', other: 'and # more products' }) : '';
  return (
    <Row
      sub={[`${title} ${rest}`.trim(), shop].filter(Boolean).join(' · ')}
      end={
        <>
          <StatusChip status={status} />
          <span className={styles.amount}>{money(total, currency)}</span>
          <time dateTime={createdAt}>{recent(createdAt)}</time>
        </>
      }
    >
      <Link to={orderAddress(id)}>{t`Order ${number}`}</Link>
    </Row>
  );
}

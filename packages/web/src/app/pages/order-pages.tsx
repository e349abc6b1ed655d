import { useParams } from '@tanstack/react-router';
import { DeskScreen, deskAddress, MyOrdersScreen, OrderScreen, ordersAddress } from '../../features/orders/index.ts';
import { useCurrentWorkspaceId } from '../shell/current-workspace.ts';

const useIds = () => useParams({ strict: false }) as { workspaceId?: string; orderId?: string };

/** My orders. */
export function MyOrdersPage() {
  return <MyOrdersScreen workspaceId={useCurrentWorkspaceId()} />;
}

/** One of my orders. */
export function OrderPage() {
  const { orderId = '' } = useIds();
  return <OrderScreen key={orderId} orderId={orderId} back={ordersAddress} />;
}

/** The desk of a workspace. */
export function DeskPage() {
  const { workspaceId = '' } = useIds();
  return <DeskScreen workspaceId={workspaceId} />;
}

/** An order on that desk. */
export function DeskOrderPage() {
  const { workspaceId = '', orderId = '' } = useIds();
  return <OrderScreen key={orderId} orderId={orderId} back={deskAddress(workspaceId)} />;
}

import { useParams } from '@tanstack/react-router';
import { MyOrdersScreen, OrderScreen, ordersAddress } from '../../features/orders/index.ts';

const useIds = () => useParams({ strict: false }) as { workspaceId?: string; orderId?: string };

/** What I ordered. */
export const MyOrdersPage = MyOrdersScreen;

/** One of my orders. */
export function OrderPage() {
  const { orderId = '' } = useIds();
  return <OrderScreen key={orderId} orderId={orderId} back={ordersAddress} />;
}

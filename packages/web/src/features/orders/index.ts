export { ordersAddress } from './model.ts';
export { MyOrdersScreen } from './screens/my-orders-screen.tsx';
export { OrderScreen } from './screens/order-screen.tsx';

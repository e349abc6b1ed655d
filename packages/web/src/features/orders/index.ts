export { deskAddress, ordersAddress } from './model.ts';
export { DeskScreen } from './screens/desk-screen.tsx';
export { MyOrdersScreen } from './screens/my-orders-screen.tsx';
export { OrderScreen } from './screens/order-screen.tsx';

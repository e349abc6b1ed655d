import type { ValidValues } from '../../../../test/bad-input/valid-values.ts';

export const validValues: ValidValues = async ({ ann, workspaceId }) => {
  const product = { workspaceId, name: 'Spade', price: 1250, currency: 'EUR', stock: 10 };
  const { id: productId } = await ann.call('products.create', product);
  return { orderId: (await ann.call('orders.place', { workspaceId, items: [{ productId }] })).id };
};

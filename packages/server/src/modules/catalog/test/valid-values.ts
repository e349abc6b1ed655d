import type { ValidValues } from '../../../../test/bad-input/valid-values.ts';

export const validValues: ValidValues = async ({ ann, workspaceId }) => {
  const product = { workspaceId, name: 'Spade', price: 1250, currency: 'EUR', stock: 10 };
  return { productId: (await ann.call('products.create', product)).id, csv: 'name,price,currency\nRake,9.50,EUR' };
};

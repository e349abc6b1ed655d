import { client } from '../../../live/client.ts';
import { joinShop } from '../commands.ts';
import { cartOf, changeCart } from './store.ts';

/**
 * Orders what is in the cart, and empties it. A stranger with an account becomes a customer first. Throws AtriumError
 * when it is refused; after a broken connection the same cart can be sent again and is still ordered once.
 * @returns the id of the order
 */
export async function orderCart(workspaceId: string, mustJoin: boolean): Promise<string> {
  const { key, lines, note } = cartOf(workspaceId);
  if (mustJoin) await joinShop(workspaceId);
  const items = lines.map(({ productId, quantity, price }) => ({ productId, quantity, price }));
  const { id } = await client.call('orders.place', { workspaceId, items, note: note.trim() }, { key });
  // What was put into it meanwhile stays.
  if (cartOf(workspaceId).key === key) changeCart(workspaceId, { lines: [], note: '' });
  return id;
}

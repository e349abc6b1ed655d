import type { Order, OrderStatus, OrderSummary } from '@atrium/protocol';
import { t } from '@lingui/core/macro';
import { problemCode, problemText } from '../../i18n/problems.ts';
import { announce } from '../../live/announce.ts';
import { client } from '../../live/client.ts';
import { AtriumError } from '../../live/derived.ts';
import { queries } from '../../live/queries.ts';
import { showToast } from '../../ui/toast/toasts.ts';

type Change = { status?: OrderStatus; assigneeId?: string | null; note?: string };

/**
 * Changes an order as it was when it was looked at. When somebody else was faster nothing is changed: this is said, and
 * the screens show what the order is now.
 * @param names what each status is called
 * @returns whether it was changed
 */
export async function changeOrder(
  { id: orderId, number, version }: Pick<OrderSummary, 'id' | 'number' | 'version'>,
  change: Change,
  names: Readonly<Record<OrderStatus, string>>,
): Promise<boolean> {
  try {
    const order = await client.call('orders.update', { orderId, version, ...change });
    queries.setQueryData(['orders.get', { orderId }], order);
    const status = names[order.status];
    if (change.status) announce(t`Order ${number}: ${status}`);
    return true;
  } catch (error) {
    tell(error, number, names);
    await queries.invalidateQueries({ queryKey: ['orders.get', { orderId }] });
    return false;
  }
}

function tell(error: unknown, number: number, names: Readonly<Record<OrderStatus, string>>): void {
  const code = problemCode(error);
  const now = error instanceof AtriumError ? (error.problem?.current as Partial<Order> | undefined) : undefined;
  if ((code === 'version_conflict' || code === 'conflict') && now?.status) {
    const status = names[now.status];
    const body = t`It is “${status}” now. Nothing of yours was changed; look again and decide.`;
    showToast({ kind: 'info', title: t`Somebody else changed order ${number} meanwhile`, body, timeout: 10_000 });
    return;
  }
  showToast({ kind: 'problem', title: t`Order ${number} was not changed`, body: problemText(error) });
}

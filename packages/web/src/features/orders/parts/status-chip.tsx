import type { OrderStatus } from '@atrium/protocol';
import { Chip, type Tone } from '../../../ui/text/chip.tsx';
import { useStatusNames } from '../hooks.ts';

const TONES: Readonly<Record<OrderStatus, Tone>> = {
  pending: 'amber',
  processing: 'pool',
  shipped: 'pool',
  delivered: 'leaf',
  cancelled: 'plain',
};

/** The status of an order, as a word. */
export function StatusChip({ status }: { status: OrderStatus }) {
  return <Chip tone={TONES[status]}>{useStatusNames()[status]}</Chip>;
}

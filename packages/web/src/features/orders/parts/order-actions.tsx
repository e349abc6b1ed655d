import type { Order, OrderStatus } from '@atrium/protocol';
import { Trans, useLingui } from '@lingui/react/macro';
import { useState } from 'react';
import { useLive } from '../../../live/use-live.ts';
import { Button } from '../../../ui/button/button.tsx';
import { Confirm } from '../../../ui/dialog/confirm.tsx';
import { TextField } from '../../../ui/field/text-field.tsx';
import { changeOrder } from '../commands.ts';
import { useStatusNames } from '../hooks.ts';
import styles from './orders.module.css';

/** What can be done with an order: by staff, and by the buyer who may cancel it. */
export function OrderActions({ order }: { order: Order }) {
  const { t } = useLingui();
  const names = useStatusNames();
  const myId = useLive(({ me }) => me?.id);
  const [busy, setBusy] = useState<string>();
  const [note, setNote] = useState('');
  const [isAsking, setAsking] = useState(false);
  const { assigneeId, can, number } = order;
  const isStaff = can.process || can.ship || can.deliver || can.assign;
  const act = async (what: string, change: Parameters<typeof changeOrder>[1]) => {
    setBusy(what);
    if (await changeOrder(order, { note: note.trim(), ...change }, names)) setNote('');
    setBusy(undefined);
    setAsking(false);
  };
  const move = (status: OrderStatus, may: boolean, words: string) =>
    may && (
      <Button variant="primary" busy={busy === status} onClick={() => void act(status, { status })}>
        {words}
      </Button>
    );
  if (!isStaff && !can.cancel) return null;
  return (
    <div className={styles.actions}>
      {isStaff && (
        <TextField
          label={t`Note`}
          hint={t`Stands in the timeline; the buyer sees it too.`}
          dir="auto"
          maxLength={1000}
          value={note}
          onChange={({ target }) => setNote(target.value)}
        />
      )}
      <div className={styles.buttons}>
        {move('processing', can.process, t`Start processing`)}
        {move('shipped', can.ship, t`Mark as shipped`)}
        {move('delivered', can.deliver, t`Mark as delivered`)}
        {can.assign && assigneeId !== myId && myId !== undefined && (
          <Button busy={busy === 'take'} onClick={() => void act('take', { assigneeId: myId })}>
            <Trans>Take it</Trans>
          </Button>
        )}
        {can.assign && assigneeId === myId && (
          <Button busy={busy === 'release'} onClick={() => void act('release', { assigneeId: null })}>
            <Trans>Release it</Trans>
          </Button>
        )}
        {can.cancel && (
          <Button variant="danger" onClick={() => setAsking(true)}>
            <Trans>Cancel order</Trans>
          </Button>
        )}
      </div>
      <Confirm
        open={isAsking}
        title={t`Cancel order ${number}?`}
        action={t`Cancel order`}
        busy={busy === 'cancelled'}
        onConfirm={() => void act('cancelled', { status: 'cancelled' })}
        onClose={() => setAsking(false)}
      >
        <Trans>Its products go back into the stock. This cannot be undone.</Trans>
      </Confirm>
    </div>
  );
}

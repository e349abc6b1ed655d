import type { OrderStatus } from '@atrium/protocol';
import { useLingui } from '@lingui/react/macro';
import { classes } from '../../../ui/classes.ts';
import { useStatusNames } from '../hooks.ts';
import { STEPS } from '../model.ts';
import styles from './orders.module.css';
import { StatusChip } from './status-chip.tsx';

/** How far an order has come. */
export function StatusSteps({ status }: { status: OrderStatus }) {
  const { t } = useLingui();
  const names = useStatusNames();
  if (status === 'cancelled') return <StatusChip status={status} />;
  const at = STEPS.indexOf(status);
  return (
    <ol aria-label={t`Status`} className={styles.steps}>
      {STEPS.map((step, index) => (
        <li
          key={step}
          aria-current={step === status ? 'step' : undefined}
          className={classes(styles.step, index <= at && styles.reached)}
        >
          {names[step]}
        </li>
      ))}
    </ol>
  );
}

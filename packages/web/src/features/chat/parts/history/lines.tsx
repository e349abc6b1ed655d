import { Trans } from '@lingui/react/macro';
import { useFormats } from '../../../../i18n/formats.ts';
import styles from './history.module.css';

/** The day of the following messages. */
export function DayLine({ at }: { at: string | number }) {
  const { day } = useFormats();
  return <div className={styles.day}>{day(at)}</div>;
}

/** The line above new messages. */
export function NewLine() {
  return (
    <div className={styles.new}>
      <Trans>New</Trans>
    </div>
  );
}

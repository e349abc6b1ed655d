import type { MessageDescriptor } from '@lingui/core';
import { msg } from '@lingui/core/macro';
import { useLingui } from '@lingui/react/macro';
import { isApple, keyLabels } from './key-labels.ts';
import styles from './text.module.css';

/** Keys that keyboards label in the language of the country. */
const LABELS: Readonly<Record<string, MessageDescriptor>> = {
  Alt: msg`Alt`,
  Ctrl: msg`Ctrl`,
  End: msg({ message: 'End', context: 'key' }),
  Esc: msg`Esc`,
};

/** The keys of a shortcut, written as `mod+k`, `g t` or `?`. */
export function Kbd({ keys }: { keys: string }) {
  const { i18n } = useLingui();
  return (
    <span className={styles.keys}>
      {keyLabels(keys, isApple()).map((key) => (
        <kbd key={key} className={styles.kbd}>
          {LABELS[key] ? i18n._(LABELS[key]) : key}
        </kbd>
      ))}
    </span>
  );
}

import type { Label } from '@atrium/protocol';
import type { CSSProperties } from 'react';
import { Chip } from '../../../ui/text/chip.tsx';
import styles from './extra-fields.module.css';

/** A label: its colour, which only decorates, and its name. */
export function LabelChip({ label: { color, name } }: { label: Label }) {
  return (
    <Chip>
      <span aria-hidden className={styles.labelColor} style={{ '--color': color } as CSSProperties} />
      <bdi className={styles.labelName} data-tip={name}>
        {name}
      </bdi>
    </Chip>
  );
}

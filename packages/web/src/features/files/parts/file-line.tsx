import type { ReactNode } from 'react';
import { Icon } from '../../../ui/icon/icon.tsx';
import { FileIcon } from '../../../ui/icons.ts';
import styles from './files.module.css';

/** One file: how it looks, what it is called, what there is to know, what can be done. */
export function FileLine({
  start,
  name,
  about,
  children,
}: {
  start?: ReactNode;
  name: ReactNode;
  about: ReactNode;
  children?: ReactNode;
}) {
  return (
    <li className={styles.line}>
      <span className={styles.start}>{start || <Icon of={FileIcon} />}</span>
      <span className={styles.words}>
        <span className={styles.name}>{name}</span>
        <span className={styles.about}>{about}</span>
      </span>
      {children}
    </li>
  );
}

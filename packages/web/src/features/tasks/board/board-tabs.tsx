import type { TaskStatus } from '@atrium/protocol';
import { useLingui } from '@lingui/react/macro';
import { type RefObject, useEffect, useState } from 'react';
import { Segmented } from '../../../ui/choice/choice.tsx';
import styles from './board.module.css';
import { useColumnNames } from './hooks.ts';
import { COLUMNS, type Columns } from './model.ts';

/** On a narrow screen: the visible column. Swiping changes it too. */
export function BoardTabs({ board, columns }: { board: RefObject<HTMLElement | null>; columns: Columns }) {
  const { t } = useLingui();
  const names = useColumnNames();
  const [shown, setShown] = useState<TaskStatus>('todo');
  useEffect(() => {
    const scroller = board.current;
    if (!scroller) return;
    const look = () => {
      const at = Math.round((Math.abs(scroller.scrollLeft) / scroller.scrollWidth) * COLUMNS.length);
      setShown(COLUMNS[at] ?? 'completed');
    };
    scroller.addEventListener('scroll', look, { passive: true });
    return () => scroller.removeEventListener('scroll', look);
  }, [board]);
  const show = (status: TaskStatus) => {
    board.current?.querySelector(`[data-column="${status}"]`)?.scrollIntoView({ inline: 'start', block: 'nearest' });
  };
  return (
    <div className={styles.tabs}>
      <Segmented
        label={t`Column`}
        value={shown}
        options={COLUMNS.map((status) => ({ value: status, label: names[status], count: columns[status].length }))}
        onChange={show}
      />
    </div>
  );
}

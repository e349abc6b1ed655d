import type { TaskState } from '@atrium/protocol';
import { useLingui } from '@lingui/react/macro';
import { Icon } from '../../../ui/icon/icon.tsx';
import { ChevronDownIcon, FlagIcon } from '../../../ui/icons.ts';
import { Hidden } from '../../../ui/text/hidden.tsx';
import styles from './tasks.module.css';

/** An icon for a priority other than medium. */
export function PriorityMark({ priority }: Pick<TaskState, 'priority'>) {
  const { t } = useLingui();
  if (priority === 'medium') return null;
  const label = priority === 'high' ? t`High priority` : t`Low priority`;
  return (
    <span className={priority === 'high' ? styles.high : styles.low} data-tip={label}>
      <Icon of={priority === 'high' ? FlagIcon : ChevronDownIcon} small />
      <Hidden>{label}</Hidden>
    </span>
  );
}

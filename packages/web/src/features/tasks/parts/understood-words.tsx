import { useLingui } from '@lingui/react/macro';
import { Avatar } from '../../../ui/avatar/avatar.tsx';
import { Icon } from '../../../ui/icon/icon.tsx';
import { CloseIcon } from '../../../ui/icons.ts';
import { Hidden } from '../../../ui/text/hidden.tsx';
import { DuePill } from './due-pill.tsx';
import { PriorityMark } from './priority-mark.tsx';
import styles from './quick-add.module.css';
import type { Understood } from './use-typed-task.ts';

/** What was recognized in a task while it is typed; each part can be turned back into text of the title. */
export function UnderstoodWords({
  understood,
  onTakeBack,
}: {
  understood: readonly Understood[];
  onTakeBack: (each: Understood) => void;
}) {
  const { t } = useLingui();
  return (
    <ul className={styles.understood} aria-label={t`Understood`}>
      {understood.map((each) => (
        <li key={each.words}>
          <button
            type="button"
            className={styles.words}
            data-tip={t`Keep “${each.words}” in the title`}
            onClick={() => onTakeBack(each)}
          >
            <Meaning of={each} />
            <Icon of={CloseIcon} small />
            <Hidden>{t`, keep in the title`}</Hidden>
          </button>
        </li>
      ))}
    </ul>
  );
}

function Meaning({ of }: { of: Understood }) {
  const { t } = useLingui();
  if (of.kind === 'due') return <DuePill task={{ dueAt: of.dueAt, dueOn: of.dueOn, status: 'todo' }} />;
  if (of.kind === 'category') return <bdi>{of.category}</bdi>;
  if (of.kind === 'priority') {
    if (of.priority === 'medium') return t`Medium priority`;
    return (
      <>
        <PriorityMark priority={of.priority} />
        <span aria-hidden="true">{of.priority === 'high' ? t`High priority` : t`Low priority`}</span>
      </>
    );
  }
  return (
    <>
      <Avatar id={of.user.id} name={of.user.name} picture={of.user.avatar} size="s" />
      <bdi>{of.user.name}</bdi>
    </>
  );
}

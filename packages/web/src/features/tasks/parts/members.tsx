import type { TaskState, User } from '@atrium/protocol';
import { useLingui } from '@lingui/react/macro';
import { useLive } from '../../../live/use-live.ts';
import { Avatar } from '../../../ui/avatar/avatar.tsx';
import { IconButton } from '../../../ui/button/button.tsx';
import { AddPersonIcon, CloseIcon } from '../../../ui/icons.ts';
import { MenuIconButton } from '../../../ui/menu/menu.tsx';
import { setMember } from '../commands.ts';
import { usePeopleNames } from '../hooks.ts';
import styles from './tasks.module.css';

/** The assignees of a task. */
export function Members({ task, people }: { task: TaskState; people: readonly User[] }) {
  const { t } = useLingui();
  const person = usePeopleNames(task.workspaceId, people);
  const myId = useLive(({ me }) => me?.id);
  const all = useLive(({ workspaces }) => workspaces[task.workspaceId]?.members);
  const others = Object.values(all ?? {})
    .map(({ user }) => user)
    .filter(({ id }) => !task.memberIds.includes(id) && (task.can.addMembers || id === myId))
    .sort((one, other) => one.name.localeCompare(other.name));
  return (
    <div className={styles.members}>
      {task.memberIds.map((id) => {
        const name = person(id)?.name ?? t`Somebody`;
        const mayRemove = id === myId ? task.can.leave : task.can.removeMembers;
        return (
          <span key={id} className={styles.member}>
            <Avatar id={id} name={name} picture={person(id)?.avatar ?? null} size="s" />
            <bdi className={styles.memberName}>{name}</bdi>
            {mayRemove && (
              <IconButton
                size={24}
                icon={CloseIcon}
                label={t`Take off: ${name}`}
                onClick={() => void setMember(task, id, false)}
              />
            )}
          </span>
        );
      })}
      {(task.can.addMembers || task.can.join) && others.length > 0 && (
        <MenuIconButton
          size={28}
          icon={AddPersonIcon}
          label={t`Assign somebody`}
          entries={others.map(({ id, name }) => ({ label: name, onSelect: () => void setMember(task, id, true) }))}
        />
      )}
    </div>
  );
}

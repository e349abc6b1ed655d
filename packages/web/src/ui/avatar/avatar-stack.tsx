import styles from './avatar.module.css';
import { Avatar, type AvatarProps } from './avatar.tsx';

/** A few overlapping avatars. The total number is shown beside them. */
export function AvatarStack({
  people,
  size = 's',
}: {
  people: readonly Pick<AvatarProps, 'id' | 'name' | 'picture' | 'kind'>[];
  size?: 'xs' | 's';
}) {
  return (
    <span className={styles.stack}>
      {people.map((person) => (
        <Avatar key={person.id} {...person} size={size} />
      ))}
    </span>
  );
}

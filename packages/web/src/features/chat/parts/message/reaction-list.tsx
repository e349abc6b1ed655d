import type { Message } from '@atrium/client';
import { plural } from '@lingui/core/macro';
import { useFormats } from '../../../../i18n/formats.ts';
import { useLive } from '../../../../live/use-live.ts';
import { Shortcode } from '../../../../text/message-text.tsx';
import { classes } from '../../../../ui/classes.ts';
import { Hidden } from '../../../../ui/text/hidden.tsx';
import { usePeopleOf } from '../../hooks.ts';
import { react, useReactionPatch } from '../../message-commands.ts';
import { withPatch } from '../../model/reactions.ts';
import styles from './message.module.css';

/** The reactions to a message; a click adds or removes mine. */
export function ReactionList({ message, workspaceId }: { message: Message; workspaceId: string }) {
  const myId = useLive(({ me }) => me?.id ?? '');
  const reactions = withPatch(message.reactions, useReactionPatch(message.id), myId);
  if (reactions.length === 0) return null;
  return (
    <div className={styles.reactions}>
      {reactions.map((reaction) => (
        <Reaction
          key={reaction.emoji}
          {...reaction}
          message={message}
          workspaceId={workspaceId}
          isMine={reaction.userIds.includes(myId)}
        />
      ))}
    </div>
  );
}

interface ReactionProps {
  emoji: string;
  userIds: readonly string[];
  message: Message;
  workspaceId: string;
  isMine: boolean;
}

function Reaction({ emoji, userIds, message, workspaceId, isMine }: ReactionProps) {
  const { list } = useFormats();
  const people = usePeopleOf(workspaceId, userIds.slice(0, 8)).map(({ name }) => name);
  const more = userIds.length - people.length;
  const names = list([...people, ...(more > 0 ? [plural(more, { one: '# other', other: '# others' })] : [])]);
  return (
    <button
      type="button"
      aria-pressed={isMine}
      data-tip={names}
      className={classes(styles.reaction, isMine && styles.mine)}
      onClick={() => void react(message, emoji, !isMine)}
    >
      <span>{emoji.startsWith(':') ? <Shortcode name={emoji.slice(1, -1)} /> : emoji}</span>
      <span className={styles.number}>{userIds.length}</span>
      <Hidden>{`: ${names}`}</Hidden>
    </button>
  );
}

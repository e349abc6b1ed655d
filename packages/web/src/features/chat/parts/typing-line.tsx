import { Trans } from '@lingui/react/macro';
import { useFormats } from '../../../i18n/formats.ts';
import { client } from '../../../live/client.ts';
import { typists } from '../../../live/derived.ts';
import { useLive } from '../../../live/use-live.ts';
import { usePeopleOf } from '../hooks.ts';
import styles from './chat.module.css';

const MOST_NAMED = 3;

/** The users who are typing. The line has a fixed height. */
export function TypingLine({ conversationId, workspaceId }: { conversationId: string; workspaceId: string }) {
  const { list } = useFormats();
  // One more than are named.
  const ids = useLive(
    (state) =>
      typists(state, conversationId, client.now())
        .filter((id) => id !== state.me?.id)
        .slice(0, MOST_NAMED + 1),
    (one, other) => one.join() === other.join(),
  );
  const people = usePeopleOf(workspaceId, ids.slice(0, MOST_NAMED)).map(({ name }) => name.split(' ')[0] ?? name);
  const names = list(people);
  return (
    <p className={styles.typing} aria-live="off">
      {ids.length > MOST_NAMED ? (
        <Trans>Several people are typing…</Trans>
      ) : people.length > 1 ? (
        <Trans>{names} are typing…</Trans>
      ) : (
        people.length === 1 && <Trans>{names} is typing…</Trans>
      )}
    </p>
  );
}

import { Trans } from '@lingui/react/macro';
import { useFormats } from '../../../i18n/formats.ts';
import { client } from '../../../live/client.ts';
import { typists } from '../../../live/derived.ts';
import { useLive } from '../../../live/use-live.ts';
import { usePeopleOf } from '../hooks.ts';
import styles from './chat.module.css';

/** The users who are typing. The line has a fixed height. */
export function TypingLine({ conversationId, workspaceId }: { conversationId: string; workspaceId: string }) {
  const { list } = useFormats();
  const ids = useLive(
    (state) => typists(state, conversationId, client.now()).filter((id) => id !== state.me?.id),
    (one, other) => one.join() === other.join(),
  );
  const people = usePeopleOf(workspaceId, ids.slice(0, 3)).map(({ name }) => name.split(' ')[0] ?? name);
  const names = list(people);
  return (
    <p className={styles.typing} aria-live="off">
      {ids.length > 3 ? (
        <Trans>Several people are typing…</Trans>
      ) : people.length > 1 ? (
        <Trans>{names} are typing…</Trans>
      ) : (
        people.length === 1 && <Trans>{names} is typing…</Trans>
      )}
    </p>
  );
}

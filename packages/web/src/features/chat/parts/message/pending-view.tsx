import type { PendingMessage } from '@atrium/client';
import { Trans, useLingui } from '@lingui/react/macro';
import { useFormats } from '../../../../i18n/formats.ts';
import { problemText } from '../../../../i18n/problems.ts';
import { client } from '../../../../live/client.ts';
import { useLive } from '../../../../live/use-live.ts';
import { type MentionLookup, MessageText } from '../../../../text/message-text.tsx';
import { Avatar } from '../../../../ui/avatar/avatar.tsx';
import { Button } from '../../../../ui/button/button.tsx';
import { classes } from '../../../../ui/classes.ts';
import { Icon } from '../../../../ui/icon/icon.tsx';
import { ClockIcon, ProblemIcon } from '../../../../ui/icons.ts';
import { filesProblem, PendingFiles } from '../../../files/index.ts';
import { sendWithout } from '../../message-commands.ts';
import styles from './message.module.css';

/** A pending message of mine, or a refused one, with the reason and its text. */
export function PendingView({
  pending,
  joined,
  mention,
}: {
  pending: PendingMessage;
  joined: boolean;
  mention: MentionLookup;
}) {
  const { t } = useLingui();
  const { time } = useFormats();
  const me = useLive((state) => state.me);
  const isWaiting = useLive(({ connection }) => connection !== 'online');
  const { clientMessageId, content, createdAt, problem, status } = pending;
  const hasFiles = (pending.files?.length ?? 0) > 0;
  const reason = hasFiles
    ? problem
      ? filesProblem(problem)
      : t`Its files are gone. Choose them again.`
    : problemText(problem);
  return (
    <div className={classes(styles.message, joined && styles.joined, status !== 'sent' && styles.pending)}>
      {joined ? <span /> : <Avatar id={me?.id ?? ''} name={me?.name ?? ''} picture={me?.avatar} />}
      <div className={styles.main}>
        {!joined && (
          <div className={styles.head}>
            <bdi className={styles.name}>{me?.name}</bdi>
            <span className={styles.time}>{time(createdAt)}</span>
          </div>
        )}
        {content !== '' && <MessageText content={content} mention={mention} />}
        {status !== 'sent' && <PendingFiles pending={pending} onRemove={(file) => void sendWithout(pending, file)} />}
        {status === 'failed' && (
          <div role="alert" className={styles.failed}>
            <Icon of={ProblemIcon} small />
            <span>
              <Trans>Not sent:</Trans> {reason}
            </span>
            <Button size={24} onClick={() => void client.retry(clientMessageId)}>
              <Trans>Try again</Trans>
            </Button>
            <Button size={24} variant="plain" onClick={() => void client.discard(clientMessageId)}>
              <Trans>Discard</Trans>
            </Button>
          </div>
        )}
      </div>
      {status === 'sending' && isWaiting && (
        <span
          className={styles.seen}
          role="img"
          aria-label={t`Waiting for the connection`}
          data-tip={t`Waiting for the connection`}
        >
          <Icon of={ClockIcon} small />
        </span>
      )}
    </div>
  );
}

import type { TaskState, User } from '@atrium/protocol';
import { Trans, useLingui } from '@lingui/react/macro';
import { type FormEvent, type KeyboardEvent, useState } from 'react';
import { useFormats } from '../../../i18n/formats.ts';
import { useOperation } from '../../../live/use-operation.ts';
import { MessageText } from '../../../text/message-text.tsx';
import { Avatar } from '../../../ui/avatar/avatar.tsx';
import { Button } from '../../../ui/button/button.tsx';
import { isComposing } from '../../../ui/composing.ts';
import { TextArea } from '../../../ui/field/text-field.tsx';
import { Section } from '../../../ui/layout/pane.tsx';
import { addComment } from '../commands.ts';
import { usePeopleNames, useTaskMentions } from '../hooks.ts';
import styles from './tasks.module.css';

/** The comments on a task, oldest first. */
export function Comments({ task, people }: { task: TaskState; people: readonly User[] }) {
  const { t } = useLingui();
  const { full, recent } = useFormats();
  const { data } = useOperation('taskComments.list', { taskId: task.id, limit: 200 });
  const person = usePeopleNames(task.workspaceId, data?.people ?? people);
  const mention = useTaskMentions(task.workspaceId);
  const comments = data?.items ?? [];
  if (comments.length === 0 && !task.can.comment) return null;
  return (
    <Section title={<Trans>Comments</Trans>}>
      {comments.map(({ id, authorId, content, createdAt }) => {
        const author = person(authorId);
        const name = author?.name ?? t`Somebody`;
        return (
          <article key={id} className={styles.comment} aria-label={t`Comment by ${name}`}>
            <Avatar id={authorId} name={name} picture={author?.avatar ?? null} size="m" />
            <div className={styles.said}>
              <p className={styles.by}>
                <strong>
                  <bdi>{name}</bdi>
                </strong>{' '}
                <time dateTime={createdAt} data-tip={full(createdAt)} className={styles.count}>
                  {recent(createdAt)}
                </time>
              </p>
              <MessageText content={content} mention={mention} />
            </div>
          </article>
        );
      })}
      {task.can.comment && <CommentForm task={task} />}
    </Section>
  );
}

function CommentForm({ task }: { task: TaskState }) {
  const { t } = useLingui();
  const [content, setContent] = useState('');
  const [busy, setBusy] = useState(false);
  const send = async (event?: FormEvent) => {
    event?.preventDefault();
    if (content.trim() === '' || busy) return;
    setBusy(true);
    if (await addComment(task, content)) setContent('');
    setBusy(false);
  };
  const keyDown = (event: KeyboardEvent) => {
    if (event.key !== 'Enter' || !(event.metaKey || event.ctrlKey) || isComposing(event)) return;
    event.preventDefault();
    void send();
  };
  return (
    <form className={styles.commentForm} onSubmit={(event) => void send(event)}>
      <TextArea
        hideLabel
        label={t`Comment`}
        placeholder={t`Comment…`}
        rows={2}
        maxLength={8_000}
        value={content}
        onKeyDown={keyDown}
        onChange={({ target }) => setContent(target.value)}
      />
      <Button type="submit" busy={busy} disabledReason={content.trim() === '' ? t`Write something first` : undefined}>
        <Trans>Send</Trans>
      </Button>
    </form>
  );
}

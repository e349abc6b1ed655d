import type { LiveConversation } from '@atrium/client';
import { Trans, useLingui } from '@lingui/react/macro';
import { useState } from 'react';
import { problemText } from '../../../../i18n/problems.ts';
import { client } from '../../../../live/client.ts';
import { useLive } from '../../../../live/use-live.ts';
import { Button } from '../../../../ui/button/button.tsx';
import { Confirm } from '../../../../ui/dialog/confirm.tsx';
import { TextArea, TextField } from '../../../../ui/field/text-field.tsx';
import { ArchiveIcon, DeleteIcon, LeaveIcon, RestoreIcon } from '../../../../ui/icons.ts';
import { useNavigate } from '../../../../ui/link/link-context.tsx';
import { showToast } from '../../../../ui/toast/toasts.ts';
import styles from './about.module.css';

/** Name and topic, archiving, leaving and deleting, as far as permitted. */
export function SettingsPart({ conversation }: { conversation: LiveConversation }) {
  const { t } = useLingui();
  const navigate = useNavigate();
  const myId = useLive(({ me }) => me?.id ?? '');
  const { can } = conversation;
  const [asking, setAsking] = useState<'leave' | 'delete'>();
  const { archivedAt, id: conversationId } = conversation;
  const run = async (what: () => Promise<unknown>, leaves: boolean) => {
    setAsking(undefined);
    try {
      await what();
      if (leaves) navigate('/');
    } catch (error) {
      showToast({ kind: 'problem', title: t`That was refused`, body: problemText(error) });
    }
  };
  return (
    <div className={styles.settings}>
      {can.update && <NameForm key={conversation.version} conversation={conversation} />}
      <div className={styles.buttons}>
        {can.archive && (
          <Button
            icon={archivedAt ? RestoreIcon : ArchiveIcon}
            onClick={() =>
              void run(() => client.call('conversations.update', { conversationId, archived: !archivedAt }), false)
            }
          >
            {archivedAt ? <Trans>Take out of the archive</Trans> : <Trans>Archive</Trans>}
          </Button>
        )}
        {can.leave && (
          <Button icon={LeaveIcon} onClick={() => setAsking('leave')}>
            <Trans>Leave</Trans>
          </Button>
        )}
        {can.delete && (
          <Button icon={DeleteIcon} onClick={() => setAsking('delete')}>
            <Trans>Delete…</Trans>
          </Button>
        )}
      </div>
      <Confirm
        open={asking === 'leave'}
        title={t`Leave this conversation?`}
        action={t`Leave`}
        onClose={() => setAsking(undefined)}
        onConfirm={() =>
          void run(() => client.call('conversations.removeMember', { conversationId, userId: myId }), true)
        }
      >
        {conversation.visibility === 'public' ? (
          <Trans>You can come back at any time.</Trans>
        ) : (
          <Trans>Only somebody who is in it can add you again.</Trans>
        )}
      </Confirm>
      <Confirm
        open={asking === 'delete'}
        title={t`Delete this conversation?`}
        action={t`Delete for everyone`}
        onClose={() => setAsking(undefined)}
        onConfirm={() => void run(() => client.call('conversations.delete', { conversationId }), true)}
      >
        <Trans>All of its messages are deleted for everyone. This cannot be undone.</Trans>
      </Confirm>
    </div>
  );
}

function NameForm({ conversation }: { conversation: LiveConversation }) {
  const { t } = useLingui();
  const [name, setName] = useState(conversation.name ?? '');
  const [topic, setTopic] = useState(conversation.topic);
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState<string>();
  const isChanged = name !== (conversation.name ?? '') || topic !== conversation.topic;
  const save = async () => {
    setBusy(true);
    setError(undefined);
    try {
      await client.call('conversations.update', {
        conversationId: conversation.id,
        topic,
        version: conversation.version,
        ...(conversation.name !== null && { name }),
      });
    } catch (problem) {
      setError(problemText(problem));
    }
    setBusy(false);
  };
  return (
    <form
      className={styles.form}
      onSubmit={(event) => {
        event.preventDefault();
        void save();
      }}
    >
      {conversation.name !== null && (
        <TextField
          label={t`Name`}
          dir="auto"
          maxLength={80}
          required
          value={name}
          onChange={({ target }) => setName(target.value)}
        />
      )}
      <TextArea
        label={t`Topic`}
        maxLength={250}
        value={topic}
        error={error}
        onChange={({ target }) => setTopic(target.value)}
      />
      <Button
        type="submit"
        variant="primary"
        busy={busy}
        disabledReason={isChanged ? undefined : t`Nothing has changed`}
      >
        <Trans>Save</Trans>
      </Button>
    </form>
  );
}

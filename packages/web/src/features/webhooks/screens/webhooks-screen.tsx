import { Trans, useLingui } from '@lingui/react/macro';
import { useState } from 'react';
import { useForm } from '../../../live/use-form.ts';
import { Button } from '../../../ui/button/button.tsx';
import { EmptyState } from '../../../ui/feedback/empty-state.tsx';
import { Select, TextField } from '../../../ui/field/text-field.tsx';
import { Section } from '../../../ui/layout/pane.tsx';
import { FormProblem } from '../../identity/index.ts';
import { WorkspaceFrame } from '../../workspaces/index.ts';
import { createWebhook } from '../commands.ts';
import { type TitledConversation, useWebhookConversations } from '../hooks.ts';
import { ConversationWebhooks } from '../parts/conversation-webhooks.tsx';
import { ShownAddress } from '../parts/shown-once.tsx';
import styles from '../parts/webhooks.module.css';

/** `/w/:id/settings/webhooks`: the addresses to which programs post, by conversation. */
export function WebhooksScreen({ workspaceId }: { workspaceId: string }) {
  const { t } = useLingui();
  const conversations = useWebhookConversations(workspaceId);
  const [shown, setShown] = useState<{ name: string; url: string }>();
  return (
    <WorkspaceFrame
      workspaceId={workspaceId}
      part="webhooks"
      intro={t`Secret addresses to which programs post messages, as they do to Slack.`}
    >
      {conversations.length === 0 ? (
        <EmptyState title={t`No conversation takes webhooks`}>
          <Trans>Managers of a channel or a group can create webhooks for it.</Trans>
        </EmptyState>
      ) : (
        <>
          {shown && <ShownAddress {...shown} onDone={() => setShown(undefined)} />}
          {conversations.map(({ id, title }) => (
            <ConversationWebhooks key={id} conversationId={id} title={title} onShow={setShown} />
          ))}
          <Section title={<Trans>New webhook</Trans>}>
            <NewWebhook conversations={conversations} onShow={setShown} />
          </Section>
        </>
      )}
    </WorkspaceFrame>
  );
}

function NewWebhook({
  conversations,
  onShow,
}: {
  conversations: readonly TitledConversation[];
  onShow: (shown: { name: string; url: string }) => void;
}) {
  const { t } = useLingui();
  // A new key empties the fields once the webhook is there.
  const [round, setRound] = useState(0);
  const { form, isBusy, errors, problem } = useForm({
    send: async ({ conversationId = '', name = '' }) => {
      onShow(await createWebhook({ conversationId, name }));
      setRound(round + 1);
    },
  });
  return (
    <form {...form} key={round} className={styles.form}>
      <Select name="conversationId" label={t`Conversation`} error={errors.conversationId}>
        {conversations.map(({ id, title }) => (
          <option key={id} value={id} dir="auto">
            {title}
          </option>
        ))}
      </Select>
      <TextField
        name="name"
        label={t`Name`}
        hint={t`Its messages come under this name.`}
        required
        maxLength={80}
        error={errors.name}
      />
      <FormProblem>{problem}</FormProblem>
      <div>
        <Button type="submit" variant="primary" busy={isBusy}>
          <Trans>Create webhook</Trans>
        </Button>
      </div>
    </form>
  );
}

import type { Webhook } from '@atrium/protocol';
import { Trans, useLingui } from '@lingui/react/macro';
import { useState } from 'react';
import { useFormats } from '../../../i18n/formats.ts';
import { problemText } from '../../../i18n/problems.ts';
import { useReport } from '../../../live/use-operation.ts';
import { Button } from '../../../ui/button/button.tsx';
import { Switch } from '../../../ui/choice/choice.tsx';
import { Confirm } from '../../../ui/dialog/confirm.tsx';
import { ErrorState } from '../../../ui/feedback/error-state.tsx';
import { Section } from '../../../ui/layout/pane.tsx';
import { deleteWebhook, rotateAddress, switchWebhook } from '../commands.ts';
import { WebhookDialog } from './webhook-dialog.tsx';
import styles from './webhooks.module.css';

type OnShow = (shown: { name: string; url: string }) => void;

/** The webhooks of one conversation; nothing where there are none. */
export function ConversationWebhooks({
  conversationId,
  title,
  onShow,
}: {
  conversationId: string;
  title: string;
  onShow: OnShow;
}) {
  const { t } = useLingui();
  const { data, error, refetch } = useReport('webhooks.list', { conversationId });
  if (error && !data) {
    return (
      <ErrorState title={t`The webhooks of ${title} could not be loaded`} onRetry={() => void refetch()}>
        {problemText(error)}
      </ErrorState>
    );
  }
  if (data === undefined || data.items.length === 0) return null;
  return (
    <Section title={<bdi>{title}</bdi>}>
      {data.items.map((webhook) => (
        <WebhookCard key={webhook.id} webhook={webhook} onShow={onShow} />
      ))}
    </Section>
  );
}

function WebhookCard({ webhook, onShow }: { webhook: Webhook; onShow: OnShow }) {
  const { t } = useLingui();
  const { moment } = useFormats();
  const [asking, setAsking] = useState<'change' | 'rotate' | 'delete'>();
  const { enabled, lastUsedAt, name } = webhook;
  const close = () => setAsking(undefined);
  const rotate = async () => {
    close();
    const url = await rotateAddress(webhook);
    if (url !== undefined) onShow({ name, url });
  };
  return (
    <article className={styles.card} aria-label={name}>
      <div className={styles.cardHead}>
        <bdi>{name}</bdi>
        <Switch
          label={t`Enabled`}
          checked={enabled}
          onChange={({ target }) => void switchWebhook(webhook, target.checked)}
        />
        <Button size={28} onClick={() => setAsking('change')}>
          <Trans>Change</Trans>
        </Button>
        <Button size={28} onClick={() => setAsking('rotate')}>
          <Trans>New address</Trans>
        </Button>
        <Button size={28} variant="danger" onClick={() => setAsking('delete')}>
          <Trans>Delete</Trans>
        </Button>
      </div>
      <p className={styles.facts}>{lastUsedAt === null ? t`Never used` : t`Last used ${moment(lastUsedAt)}`}</p>
      {asking === 'change' && <WebhookDialog webhook={webhook} onClose={close} />}
      <Confirm
        open={asking === 'rotate'}
        title={t`Replace the address of ${name}?`}
        action={t`Replace`}
        onConfirm={() => void rotate()}
        onClose={close}
      >
        <Trans>The old address stops working at once.</Trans>
      </Confirm>
      <Confirm
        open={asking === 'delete'}
        title={t`Delete ${name}?`}
        action={t`Delete`}
        onConfirm={() => void deleteWebhook(webhook)}
        onClose={close}
      >
        <Trans>Programs can no longer post to it. Its messages stay.</Trans>
      </Confirm>
    </article>
  );
}

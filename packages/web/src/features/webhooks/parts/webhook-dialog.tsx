import type { Webhook } from '@atrium/protocol';
import { Trans, useLingui } from '@lingui/react/macro';
import { useForm } from '../../../live/use-form.ts';
import { Button } from '../../../ui/button/button.tsx';
import { Dialog } from '../../../ui/dialog/dialog.tsx';
import { TextField } from '../../../ui/field/text-field.tsx';
import { FormProblem } from '../../identity/index.ts';
import { changeWebhook } from '../commands.ts';
import styles from './webhooks.module.css';

/** Changes the name and the picture of a webhook. */
export function WebhookDialog({ webhook, onClose }: { webhook: Webhook; onClose: () => void }) {
  const { t } = useLingui();
  const { conversationId, id: webhookId } = webhook;
  const { form, isBusy, errors, problem } = useForm({
    send: async ({ name = '', avatar = '' }) => {
      await changeWebhook({ conversationId, webhookId, name, avatar: avatar.trim() === '' ? null : avatar });
      onClose();
    },
  });
  return (
    <Dialog open onClose={onClose} title={t`Change the webhook`}>
      <form {...form} className={styles.form}>
        <TextField
          name="name"
          label={t`Name`}
          required
          maxLength={80}
          defaultValue={webhook.name}
          error={errors.name}
        />
        <TextField
          name="avatar"
          type="url"
          label={t`Picture`}
          hint={t`The address of a picture; empty: none.`}
          maxLength={2048}
          defaultValue={webhook.avatar ?? ''}
          error={errors.avatar}
        />
        <FormProblem>{problem}</FormProblem>
        <div className={styles.buttons}>
          <Button onClick={onClose}>
            <Trans>Cancel</Trans>
          </Button>
          <Button type="submit" variant="primary" busy={isBusy}>
            <Trans>Save</Trans>
          </Button>
        </div>
      </form>
    </Dialog>
  );
}

import type { WebhookEndpoint } from '@atrium/protocol';
import { Trans, useLingui } from '@lingui/react/macro';
import { useState } from 'react';
import { useForm } from '../../../live/use-form.ts';
import { useLive } from '../../../live/use-live.ts';
import { Button } from '../../../ui/button/button.tsx';
import { Confirm } from '../../../ui/dialog/confirm.tsx';
import { TextField } from '../../../ui/field/text-field.tsx';
import { FormProblem } from '../../identity/index.ts';
import { replay, skipWaiting } from '../commands.ts';
import { momentOf } from '../model.ts';
import styles from './webhooks.module.css';

/** Sends events again since a moment, or skips what waits. */
export function ReplayForm({ endpoint }: { endpoint: WebhookEndpoint }) {
  const { t } = useLingui();
  const timeZone = useLive(({ me }) => me?.timezone);
  const { form, isBusy, errors, problem } = useForm({
    send: async ({ since }) => {
      const at = momentOf(since, timeZone);
      if (at !== undefined) await replay(endpoint, at);
    },
  });
  return (
    <>
      <form {...form} className={styles.form}>
        <TextField
          name="since"
          type="datetime-local"
          label={t`Since`}
          hint={t`Everything since then is sent again, with the same ids. Events are kept for 30 days.`}
          required
          error={errors.since}
        />
        <FormProblem>{problem}</FormProblem>
        <div className={styles.buttons}>
          <Button type="submit" busy={isBusy}>
            <Trans>Send again</Trans>
          </Button>
        </div>
      </form>
      {endpoint.lag.events > 0 && <Skip endpoint={endpoint} />}
    </>
  );
}

function Skip({ endpoint }: { endpoint: WebhookEndpoint }) {
  const { t } = useLingui();
  const [isAsking, setAsking] = useState(false);
  const skip = async () => {
    setAsking(false);
    await skipWaiting(endpoint);
  };
  return (
    <>
      <div className={styles.buttons}>
        <Button variant="danger" onClick={() => setAsking(true)}>
          <Trans>Skip what waits</Trans>
        </Button>
      </div>
      <Confirm
        open={isAsking}
        title={t`Skip what waits?`}
        action={t`Skip`}
        onConfirm={() => void skip()}
        onClose={() => setAsking(false)}
      >
        <Trans>It is not sent, unless you send events again from an earlier time.</Trans>
      </Confirm>
    </>
  );
}

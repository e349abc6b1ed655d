import { plural } from '@lingui/core/macro';
import { Trans, useLingui } from '@lingui/react/macro';
import { useState } from 'react';
import { client } from '../../../live/client.ts';
import { useForm } from '../../../live/use-form.ts';
import { Button } from '../../../ui/button/button.tsx';
import { TextField } from '../../../ui/field/text-field.tsx';
import { FormNote, FormProblem } from '../../identity/index.ts';
import { useWorkspace } from '../hooks.ts';
import { WorkspaceFrame } from '../parts/workspace-frame.tsx';
import styles from '../parts/workspaces.module.css';

/** How long messages of a workspace are kept. */
export function RetentionScreen({ workspaceId }: { workspaceId: string }) {
  const { t } = useLingui();
  const days = useWorkspace(workspaceId)?.retentionDays ?? null;
  const [isSaved, setSaved] = useState(false);
  const { form, isBusy, errors, problem } = useForm({
    send: async (values) => {
      setSaved(false);
      await client.call('retention.setWorkspace', { workspaceId, days: values.days ? Number(values.days) : null });
      setSaved(true);
    },
  });
  return (
    <WorkspaceFrame
      workspaceId={workspaceId}
      part="retention"
      intro={t`Messages that are older are deleted for everyone, each night. A conversation can have a term of its own.`}
    >
      <form {...form} key={days} className={styles.form}>
        <TextField
          name="days"
          type="number"
          min={1}
          max={3650}
          label={t`Days`}
          defaultValue={days ?? ''}
          hint={
            days === null
              ? t`Empty: messages are kept for good.`
              : plural(days, { one: 'Kept for # day. Empty: for good.', other: 'Kept for # days. Empty: for good.' })
          }
          error={errors.days}
        />
        <FormProblem>{problem}</FormProblem>
        <FormNote>{isSaved && t({ message: 'Saved', context: 'form' })}</FormNote>
        <div>
          <Button type="submit" variant="primary" busy={isBusy}>
            <Trans>Save</Trans>
          </Button>
        </div>
      </form>
    </WorkspaceFrame>
  );
}

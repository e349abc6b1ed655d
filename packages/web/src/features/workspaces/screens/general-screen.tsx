import { Trans, useLingui } from '@lingui/react/macro';
import { useState } from 'react';
import { problemText } from '../../../i18n/problems.ts';
import { client } from '../../../live/client.ts';
import { useForm } from '../../../live/use-form.ts';
import { Button } from '../../../ui/button/button.tsx';
import { Confirm } from '../../../ui/dialog/confirm.tsx';
import { TextField } from '../../../ui/field/text-field.tsx';
import { Section } from '../../../ui/layout/pane.tsx';
import { useNavigate } from '../../../ui/link/link-context.tsx';
import { FormNote, FormProblem } from '../../identity/index.ts';
import { useWorkspace, useWorkspaceCan } from '../hooks.ts';
import { WorkspaceFrame } from '../parts/workspace-frame.tsx';
import styles from '../parts/workspaces.module.css';

/** What a workspace is called, and the ways out of it. */
export function GeneralScreen({ workspaceId }: { workspaceId: string }) {
  const { t } = useLingui();
  const navigate = useNavigate();
  const workspace = useWorkspace(workspaceId);
  const can = useWorkspaceCan(workspaceId);
  const [asking, setAsking] = useState<'leave' | 'delete'>();
  const [isSaved, setSaved] = useState(false);
  const [refusal, setRefusal] = useState<string>();
  const { form, isBusy, errors, problem } = useForm({
    send: async ({ name = '' }) => {
      setSaved(false);
      await client.call('workspaces.update', { workspaceId, name });
      setSaved(true);
    },
  });
  if (!workspace) return null;
  const end = async (name: 'workspaces.leave' | 'workspaces.delete') => {
    try {
      await client.call(name, { workspaceId });
      navigate('/today', { replace: true });
    } catch (error) {
      setRefusal(problemText(error));
      setAsking(undefined);
    }
  };
  return (
    <WorkspaceFrame workspaceId={workspaceId} part="general">
      <form {...form} key={workspace.name} className={styles.form}>
        <TextField
          name="name"
          label={t`Name`}
          defaultValue={workspace.name}
          readOnly={!can?.update}
          required
          maxLength={100}
          error={errors.name}
        />
        <FormProblem>{problem}</FormProblem>
        <FormNote>{isSaved && t({ message: 'Saved', context: 'form' })}</FormNote>
        {can?.update && (
          <div>
            <Button type="submit" variant="primary" busy={isBusy}>
              <Trans>Save</Trans>
            </Button>
          </div>
        )}
      </form>
      <FormProblem>{refusal}</FormProblem>
      {!workspace.personal && (
        <Section title={<Trans>Leave</Trans>}>
          <p className={styles.words}>
            <Trans>You lose sight of everything in it. Somebody has to let you in again.</Trans>
          </p>
          <Button
            disabledReason={can?.leave === false ? t`Make somebody else an owner first.` : undefined}
            onClick={() => setAsking('leave')}
          >
            <Trans>Leave workspace</Trans>
          </Button>
        </Section>
      )}
      {can?.delete && (
        <Section title={<Trans>Delete</Trans>}>
          <p className={styles.words}>
            <Trans>Everything in it is deleted for everyone, for good.</Trans>
          </p>
          <Button variant="danger" onClick={() => setAsking('delete')}>
            <Trans>Delete workspace</Trans>
          </Button>
        </Section>
      )}
      <Confirm
        open={asking === 'leave'}
        title={t`Leave ${workspace.name}?`}
        action={t`Leave workspace`}
        onConfirm={() => void end('workspaces.leave')}
        onClose={() => setAsking(undefined)}
      >
        <Trans>Its channels and messages are gone from your screen at once.</Trans>
      </Confirm>
      <Confirm
        open={asking === 'delete'}
        title={t`Delete ${workspace.name}?`}
        action={t`Delete for everyone`}
        onConfirm={() => void end('workspaces.delete')}
        onClose={() => setAsking(undefined)}
      >
        <Trans>All channels, messages and files in it are deleted for everyone. This cannot be undone.</Trans>
      </Confirm>
    </WorkspaceFrame>
  );
}

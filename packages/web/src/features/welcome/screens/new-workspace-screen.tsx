import { Trans, useLingui } from '@lingui/react/macro';
import { client } from '../../../live/client.ts';
import { useForm } from '../../../live/use-form.ts';
import { Button } from '../../../ui/button/button.tsx';
import { TextField } from '../../../ui/field/text-field.tsx';
import { Link } from '../../../ui/link/link.tsx';
import { AuthPage, FormProblem } from '../../identity/index.ts';
import { DemoOffer } from '../parts/demo-offer.tsx';
import styles from '../parts/welcome.module.css';

export interface NewWorkspaceProps {
  /** Part of the first run: with the drawing, and nothing else to go to. */
  isFirst: boolean;
  onMade: (workspaceId: string) => void;
  /** Given where the instance can still be filled with demo data. */
  onDemo?: ((workspaceId: string) => void) | undefined;
}

/** Making a workspace. */
export function NewWorkspaceScreen({ isFirst, onMade, onDemo }: NewWorkspaceProps) {
  const { t } = useLingui();
  const { form, isBusy, errors, problem } = useForm({
    send: async ({ name = '' }) => onMade((await client.call('workspaces.create', { name })).id),
  });
  return (
    <AuthPage
      withArt={isFirst}
      title={isFirst ? t`What do you call your team?` : t`New workspace`}
      intro={t`A workspace holds the channels, tasks and people of one team. It can be renamed at any time.`}
      foot={
        <Trans>
          Somebody gave you a code? <Link to="/join">Join with it</Link>
        </Trans>
      }
    >
      <form {...form} className={styles.form}>
        <TextField
          name="name"
          label={t`Name`}
          placeholder={t`Garden`}
          required
          maxLength={100}
          autoComplete="organization"
          error={errors.name}
        />
        <FormProblem>{problem}</FormProblem>
        <Button type="submit" variant="primary" size={40} wide busy={isBusy}>
          <Trans>Create workspace</Trans>
        </Button>
      </form>
      {onDemo && <DemoOffer onLoaded={onDemo} />}
    </AuthPage>
  );
}

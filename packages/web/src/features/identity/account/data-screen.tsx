import { Trans, useLingui } from '@lingui/react/macro';
import { useState } from 'react';
import { problemText } from '../../../i18n/problems.ts';
import { client } from '../../../live/client.ts';
import { leaveDeletedAccount } from '../../../live/session.ts';
import { useForm } from '../../../live/use-form.ts';
import { Button } from '../../../ui/button/button.tsx';
import { Dialog } from '../../../ui/dialog/dialog.tsx';
import { DownloadIcon } from '../../../ui/icons.ts';
import { Section } from '../../../ui/layout/pane.tsx';
import { AccountFrame } from '../parts/account-frame.tsx';
import { FormProblem } from '../parts/auth-page.tsx';
import { PasswordField } from '../parts/fields.tsx';
import styles from '../parts/settings.module.css';

/** Exports my data, and deletes my account. */
export function DataScreen() {
  const [isDeleting, setDeleting] = useState(false);
  const [isBusy, setBusy] = useState(false);
  const [problem, setProblem] = useState<string>();
  const download = async () => {
    setBusy(true);
    setProblem(undefined);
    try {
      // The link works once, and begins with the server's URL as in mails.
      const { pathname, search } = new URL((await client.call('users.export', {})).url);
      location.assign(pathname + search);
    } catch (error) {
      setProblem(problemText(error));
    } finally {
      setBusy(false);
    }
  };
  return (
    <AccountFrame part="data">
      <Section title={<Trans>A copy of everything</Trans>}>
        <p className={styles.words}>
          <Trans>Your profile, your messages and all that belongs to you, as files in one archive.</Trans>
        </p>
        <Button icon={DownloadIcon} busy={isBusy} onClick={() => void download()}>
          <Trans>Download my data</Trans>
        </Button>
        <FormProblem>{problem}</FormProblem>
      </Section>
      <Section title={<Trans>Delete the account</Trans>}>
        <p className={styles.words}>
          <Trans>
            Your name is taken off everything, your personal workspace is deleted, and nobody can bring it back. What
            you wrote to others stays with them.
          </Trans>
        </p>
        <Button variant="danger" onClick={() => setDeleting(true)}>
          <Trans>Delete my account</Trans>
        </Button>
      </Section>
      <DeleteDialog open={isDeleting} onClose={() => setDeleting(false)} />
    </AccountFrame>
  );
}

function DeleteDialog({ open, onClose }: { open: boolean; onClose: () => void }) {
  const { t } = useLingui();
  const { form, isBusy, errors, problem } = useForm({
    fields: { password_wrong: 'password', reauthentication_required: 'password' },
    send: async ({ password = '' }) => {
      await client.call('users.delete', { password });
      await leaveDeletedAccount();
    },
  });
  return (
    <Dialog open={open} onClose={onClose} title={t`Delete your account?`} description={t`This cannot be undone.`}>
      <form {...form} className={styles.form}>
        <PasswordField error={errors.password} />
        <FormProblem>{problem}</FormProblem>
        <div className={styles.buttons}>
          <Button onClick={onClose}>
            <Trans>Keep it</Trans>
          </Button>
          <Button type="submit" variant="danger" busy={isBusy}>
            <Trans>Delete my account</Trans>
          </Button>
        </div>
      </form>
    </Dialog>
  );
}

import { Trans, useLingui } from '@lingui/react/macro';
import { useState } from 'react';
import { client } from '../../../live/client.ts';
import { useForm } from '../../../live/use-form.ts';
import { Button } from '../../../ui/button/button.tsx';
import { Select, TextField } from '../../../ui/field/text-field.tsx';
import { FormNote, FormProblem } from '../../identity/index.ts';
import { GRANTABLE, type GrantableRole, useRoleName } from './role-name.ts';
import styles from './workspaces.module.css';

/** Mails somebody a link with which they join. */
export function InviteForm({ workspaceId }: { workspaceId: string }) {
  const { t } = useLingui();
  const roleName = useRoleName();
  const [invited, setInvited] = useState<string>();
  // A new key empties the fields once the mail is on its way.
  const [round, setRound] = useState(0);
  const { form, isBusy, errors, problem } = useForm({
    fields: { conflict: 'email' },
    send: async ({ email = '', role }) => {
      await client.call('workspaces.invite', { workspaceId, email, role: role as GrantableRole });
      setInvited(email);
      setRound(round + 1);
    },
  });
  return (
    <form {...form} key={round} className={styles.form}>
      <div className={styles.line}>
        <TextField
          name="email"
          type="email"
          label={t`E-mail`}
          required
          maxLength={254}
          autoComplete="off"
          error={errors.email}
        />
        <Select name="role" label={t`Role`} defaultValue="member">
          {GRANTABLE.map((role) => (
            <option key={role} value={role}>
              {roleName(role)}
            </option>
          ))}
        </Select>
      </div>
      <FormProblem>{problem}</FormProblem>
      <FormNote>{invited && <Trans>An invitation was mailed to {invited}.</Trans>}</FormNote>
      <div>
        <Button type="submit" busy={isBusy}>
          <Trans>Send invitation</Trans>
        </Button>
      </div>
    </form>
  );
}

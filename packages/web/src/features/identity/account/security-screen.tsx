import { plural } from '@lingui/core/macro';
import { Trans, useLingui } from '@lingui/react/macro';
import { useState } from 'react';
import { client } from '../../../live/client.ts';
import { useForm } from '../../../live/use-form.ts';
import { useOperation } from '../../../live/use-operation.ts';
import { Button } from '../../../ui/button/button.tsx';
import { Checkbox } from '../../../ui/choice/choice.tsx';
import { Section } from '../../../ui/layout/pane.tsx';
import { AccountFrame } from '../parts/account-frame.tsx';
import { FormNote, FormProblem } from '../parts/auth-page.tsx';
import { PasswordField } from '../parts/fields.tsx';
import { LinkedIdentities } from '../parts/linked-identities.tsx';
import styles from '../parts/settings.module.css';
import { TwoFactor } from '../parts/two-factor.tsx';

/**
 * My ways to sign in.
 * @param providerError why signing in through a provider failed
 */
export function SecurityScreen({ providerError }: { providerError?: string | undefined }) {
  return (
    <AccountFrame part="security">
      <Section title={<Trans>Password</Trans>}>
        <ChangePassword />
      </Section>
      <Section title={<Trans>Two steps</Trans>}>
        <TwoFactor />
      </Section>
      <LinkedIdentities error={providerError} />
    </AccountFrame>
  );
}

function ChangePassword() {
  const { t } = useLingui();
  const [round, setRound] = useState(0);
  const { data: tokens, refetch } = useOperation('tokens.list', {});
  const tokenCount = tokens?.items.length ?? 0;
  const { form, isBusy, errors, problem } = useForm({
    fields: { password_wrong: 'current', password_refused: 'password', reauthentication_required: 'current' },
    send: async ({ current = '', password = '', revokeTokens }) => {
      await client.call('auth.changePassword', { current, password, revokeTokens: revokeTokens !== undefined });
      void refetch();
      setRound(round + 1);
    },
  });
  return (
    <form {...form} key={round} className={styles.form}>
      <p className={styles.words}>
        <Trans>A new password signs out all your other devices.</Trans>
      </p>
      <PasswordField name="current" label={t`Password so far`} error={errors.current} />
      <PasswordField isNew error={errors.password} />
      {tokenCount > 0 && (
        <Checkbox
          name="revokeTokens"
          label={<Trans>Revoke my API tokens too</Trans>}
          hint={plural(tokenCount, {
            one: '# token keeps working otherwise.',
            other: '# tokens keep working otherwise.',
          })}
        />
      )}
      <FormProblem>{problem}</FormProblem>
      <FormNote>{round > 0 && t`The new password is set.`}</FormNote>
      <div>
        <Button type="submit" busy={isBusy}>
          <Trans>Change password</Trans>
        </Button>
      </div>
    </form>
  );
}

import { Trans, useLingui } from '@lingui/react/macro';
import { useState } from 'react';
import { useFormats } from '../../../i18n/formats.ts';
import { problemText } from '../../../i18n/problems.ts';
import { client } from '../../../live/client.ts';
import { useForm } from '../../../live/use-form.ts';
import { useOperation } from '../../../live/use-operation.ts';
import { Button } from '../../../ui/button/button.tsx';
import { Select, TextField } from '../../../ui/field/text-field.tsx';
import { List, Row, Section } from '../../../ui/layout/pane.tsx';
import { AccountFrame } from '../parts/account-frame.tsx';
import { FormProblem } from '../parts/auth-page.tsx';
import { PasswordField } from '../parts/fields.tsx';
import styles from '../parts/settings.module.css';

const SCOPES = { read: ['read'], write: ['read', 'write'], admin: ['read', 'write', 'admin'] } as const;

/** My API tokens. */
export function TokensScreen() {
  const { t } = useLingui();
  const { date } = useFormats();
  const { data, refetch } = useOperation('tokens.list', {});
  const [created, setCreated] = useState<{ id: string; secret: string }>();
  const [listProblem, setListProblem] = useState<string>();
  const { form, isBusy, errors, problem } = useForm({
    fields: { password_wrong: 'password', reauthentication_required: 'password' },
    send: async ({ name = '', scope, password = '' }) => {
      const scopes = [...SCOPES[scope as keyof typeof SCOPES]];
      setCreated(await client.call('tokens.create', { name, scopes, password }));
      await refetch();
    },
  });
  const revoke = async (tokenId: string) => {
    try {
      setListProblem(undefined);
      await client.call('tokens.revoke', { tokenId });
      await refetch();
    } catch (error) {
      setListProblem(problemText(error));
    }
  };
  return (
    <AccountFrame part="tokens" intro={t`With one of these a program acts in your name, over the API or the SDK.`}>
      {data && data.items.length > 0 && (
        <List label={t`API tokens`}>
          {data.items.map(({ id, name, prefix, scopes, expiresAt }) => (
            <Row
              key={id}
              sub={`${prefix}… · ${scopes.join(', ')}`}
              end={
                <>
                  <Trans>until {date(expiresAt)}</Trans>
                  <Button size={28} onClick={() => void revoke(id)}>
                    <Trans>Revoke</Trans>
                  </Button>
                </>
              }
            >
              {name}
            </Row>
          ))}
        </List>
      )}
      <FormProblem>{listProblem}</FormProblem>
      <Section title={<Trans>New token</Trans>}>
        {created && data?.items.some(({ id }) => id === created.id) && (
          <TextField
            label={t`Your new token`}
            hint={t`Keep it now: it is not shown again.`}
            value={created.secret}
            readOnly
            onFocus={(event) => event.currentTarget.select()}
          />
        )}
        <form {...form} className={styles.form}>
          <TextField
            name="name"
            label={t`Name`}
            hint={t`What it is for.`}
            required
            maxLength={100}
            error={errors.name}
          />
          <Select name="scope" label={t`It may`} defaultValue="read">
            <option value="read">{t`read`}</option>
            <option value="write">{t`read and write`}</option>
            <option value="admin">{t`do everything that you may`}</option>
          </Select>
          <PasswordField error={errors.password} />
          <FormProblem>{problem}</FormProblem>
          <div>
            <Button type="submit" busy={isBusy}>
              <Trans>Create token</Trans>
            </Button>
          </div>
        </form>
      </Section>
    </AccountFrame>
  );
}

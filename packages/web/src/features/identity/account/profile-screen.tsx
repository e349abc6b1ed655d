import { Trans, useLingui } from '@lingui/react/macro';
import { useState } from 'react';
import { activateLanguage, LANGUAGES, languageOf } from '../../../i18n/setup.ts';
import { client } from '../../../live/client.ts';
import { useForm } from '../../../live/use-form.ts';
import { Button } from '../../../ui/button/button.tsx';
import { Select, TextField } from '../../../ui/field/text-field.tsx';
import { Link } from '../../../ui/link/link.tsx';
import { useMe } from '../hooks.ts';
import { AccountFrame } from '../parts/account-frame.tsx';
import { FormNote, FormProblem } from '../parts/auth-page.tsx';
import { OwnPicture } from '../parts/own-picture.tsx';
import styles from '../parts/settings.module.css';

const ZONES: readonly string[] = Intl.supportedValuesOf('timeZone');

/** My profile, language and time zone. */
export function ProfileScreen() {
  const { t } = useLingui();
  const me = useMe();
  const [isSaved, setSaved] = useState(false);
  const language = languageOf(me.locale) ?? 'en';
  const { form, isBusy, errors, problem } = useForm({
    fields: { username_taken: 'username' },
    send: async ({ name = '', username = '', timezone = '', locale = '' }) => {
      setSaved(false);
      await client.call('users.updateMe', {
        name,
        username: username === '' ? null : username,
        timezone,
        // The region is kept as long as the language is: en-GB has other date formats than en.
        ...(locale !== language && { locale }),
      });
      await activateLanguage(locale);
      setSaved(true);
    },
  });
  return (
    <AccountFrame part="profile" intro={t`This is how others see you.`}>
      <OwnPicture />
      <form {...form} key={me.id} className={styles.form}>
        <TextField
          name="name"
          label={t`Name`}
          defaultValue={me.name}
          required
          minLength={2}
          maxLength={100}
          autoComplete="name"
          error={errors.name}
        />
        <TextField
          name="username"
          label={t`User name`}
          defaultValue={me.username ?? ''}
          hint={t`Others mention you with it: @name. Letters, digits, dots and dashes.`}
          maxLength={30}
          autoCapitalize="none"
          autoComplete="off"
          spellCheck={false}
          error={errors.username}
        />
        <TextField
          label={t`E-mail`}
          value={me.email}
          readOnly
          hint={
            me.emailVerified ? (
              t`Verified`
            ) : (
              <Link to="/verify-email?returnTo=/account/profile">
                <Trans>Verify this address</Trans>
              </Link>
            )
          }
        />
        <Select name="timezone" label={t`Time zone`} defaultValue={me.timezone} error={errors.timezone}>
          {(ZONES.includes(me.timezone) ? ZONES : [me.timezone, ...ZONES]).map((zone) => (
            <option key={zone} value={zone} translate="no">
              {zone.replaceAll('_', ' ')}
            </option>
          ))}
        </Select>
        <Select name="locale" label={t`Language`} defaultValue={language} error={errors.locale}>
          {Object.entries(LANGUAGES).map(([tag, name]) => (
            <option key={tag} value={tag} lang={tag}>
              {name}
            </option>
          ))}
        </Select>
        <FormProblem>{problem}</FormProblem>
        <FormNote>{isSaved && t({ message: 'Saved', context: 'form' })}</FormNote>
        <div>
          <Button type="submit" variant="primary" busy={isBusy}>
            <Trans>Save</Trans>
          </Button>
        </div>
      </form>
    </AccountFrame>
  );
}

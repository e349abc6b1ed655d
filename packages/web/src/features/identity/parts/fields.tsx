import { useLingui } from '@lingui/react/macro';
import { useState } from 'react';
import { IconButton } from '../../../ui/button/button.tsx';
import { TextField } from '../../../ui/field/text-field.tsx';
import { EyeIcon, EyeOffIcon } from '../../../ui/icons.ts';

interface CredentialFieldProps {
  name?: string;
  error?: string | undefined;
  defaultValue?: string | undefined;
  autoFocus?: boolean;
}

/** The email address of an account. */
export function EmailField({ name = 'email', ...props }: CredentialFieldProps) {
  const { t } = useLingui();
  return (
    <TextField
      {...props}
      name={name}
      label={t`E-mail`}
      type="email"
      autoComplete="username"
      autoCapitalize="none"
      spellCheck={false}
      required
      maxLength={254}
    />
  );
}

/** A password, hidden until the user shows it. */
export function PasswordField({
  name = 'password',
  isNew,
  label,
  ...props
}: CredentialFieldProps & { isNew?: boolean; label?: string }) {
  const { t } = useLingui();
  const [isShown, setShown] = useState(false);
  return (
    <TextField
      {...props}
      name={name}
      label={label ?? (isNew ? t`New password` : t`Password`)}
      type={isShown ? 'text' : 'password'}
      autoComplete={isNew ? 'new-password' : 'current-password'}
      required
      minLength={isNew ? 8 : 1}
      // The server measures 128 characters in NFC; the browser would truncate by unnormalized characters.
      maxLength={4096}
      hint={
        isNew ? t`At least 8 characters. A few words that belong together only for you are hard to guess.` : undefined
      }
      end={
        <IconButton
          size={28}
          icon={isShown ? EyeOffIcon : EyeIcon}
          label={isShown ? t`Hide password` : t`Show password`}
          pressed={isShown}
          onClick={() => setShown(!isShown)}
        />
      }
    />
  );
}

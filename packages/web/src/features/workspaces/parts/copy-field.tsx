import { useLingui } from '@lingui/react/macro';
import { useState } from 'react';
import { announce } from '../../../live/announce.ts';
import { IconButton } from '../../../ui/button/button.tsx';
import { TextField } from '../../../ui/field/text-field.tsx';
import { CheckIcon, CopyIcon } from '../../../ui/icons.ts';

/** Text to take away: a link, a code, a secret that is shown once. */
export function CopyField({ label, value, hint }: { label: string; value: string; hint?: string }) {
  const { t } = useLingui();
  const [isCopied, setCopied] = useState(false);
  const copy = async () => {
    await navigator.clipboard.writeText(value);
    setCopied(true);
    announce(t`Copied`);
    setTimeout(() => setCopied(false), 2_000);
  };
  return (
    <TextField
      label={label}
      hint={hint}
      value={value}
      readOnly
      onFocus={(event) => event.currentTarget.select()}
      end={
        <IconButton
          size={28}
          icon={isCopied ? CheckIcon : CopyIcon}
          label={isCopied ? t`Copied` : t`Copy`}
          onClick={() => void copy()}
        />
      }
    />
  );
}

import { useLingui } from '@lingui/react/macro';
import { useState } from 'react';
import { IconButton } from '../ui/button/button.tsx';
import { CheckIcon, CopyIcon } from '../ui/icons.ts';
import styles from './text.module.css';

/** Code as it was written, with a button that copies it. */
export function CodeBlock({ text, language }: { text: string; language: string | undefined }) {
  const { t } = useLingui();
  const [copied, setCopied] = useState(false);
  const copy = async () => {
    await navigator.clipboard.writeText(text);
    setCopied(true);
  };
  return (
    <figure className={styles.codeBlock} aria-label={language ? t`Code, ${language}` : t`Code`}>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: wide code is scrolled by keyboard too */}
      <pre tabIndex={0} dir="ltr">
        <code>{text}</code>
      </pre>
      <IconButton
        className={styles.copy}
        size={24}
        icon={copied ? CheckIcon : CopyIcon}
        label={copied ? t`Copied` : t`Copy code`}
        onClick={() => void copy()}
      />
    </figure>
  );
}

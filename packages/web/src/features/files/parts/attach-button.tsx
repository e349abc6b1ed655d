import { useLingui } from '@lingui/react/macro';
import { useRef } from 'react';
import { Button, IconButton } from '../../../ui/button/button.tsx';
import { AttachIcon } from '../../../ui/icons.ts';
import { FileField } from './file-field.tsx';

const ACCEPTED =
  '.jpg,.jpeg,.png,.gif,.webp,.avif,.pdf,.doc,.xls,.ppt,.docx,.xlsx,.pptx,.txt,.csv,image/jpeg,image/png,text/plain';

/** Chooses files. */
export function AttachButton({
  onFiles,
  compact,
  disabledReason,
}: {
  onFiles: (files: File[]) => void;
  /** An icon alone, among other small buttons. */
  compact?: boolean;
  disabledReason?: string | undefined;
}) {
  const { t } = useLingui();
  const field = useRef<HTMLInputElement>(null);
  const choose = () => field.current?.click();
  return (
    <>
      {compact ? (
        <IconButton size={28} icon={AttachIcon} label={t`Attach files`} onClick={choose} />
      ) : (
        <Button size={28} icon={AttachIcon} disabledReason={disabledReason} onClick={choose}>
          {t`Attach files`}
        </Button>
      )}
      <FileField ref={field} accept={ACCEPTED} multiple onFiles={onFiles} />
    </>
  );
}

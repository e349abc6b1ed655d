import { type ReactNode, useRef } from 'react';
import { Button } from '../../../ui/button/button.tsx';
import { UploadIcon } from '../../../ui/icons.ts';
import { FileField } from './file-field.tsx';

const ACCEPTED = '.jpg,.jpeg,.png,.gif,.webp,.avif,image/jpeg,image/png,image/webp';

/** Chooses pictures. */
export function PictureButton({
  onFiles,
  multiple,
  busy,
  disabledReason,
  children,
}: {
  onFiles: (files: File[]) => void;
  multiple?: boolean;
  busy?: boolean;
  disabledReason?: string | undefined;
  children: ReactNode;
}) {
  const field = useRef<HTMLInputElement>(null);
  return (
    <>
      <Button icon={UploadIcon} busy={busy} disabledReason={disabledReason} onClick={() => field.current?.click()}>
        {children}
      </Button>
      <FileField ref={field} accept={ACCEPTED} multiple={multiple} onFiles={onFiles} />
    </>
  );
}

import { type ReactNode, useRef } from 'react';
import { Button } from '../../../ui/button/button.tsx';
import { UploadIcon } from '../../../ui/icons.ts';

/** Reads the text of a file that somebody chooses. */
export function FileButton({
  accept,
  onText,
  children,
}: {
  accept: string;
  onText: (text: string) => void;
  children: ReactNode;
}) {
  const field = useRef<HTMLInputElement>(null);
  return (
    <div>
      <Button icon={UploadIcon} onClick={() => field.current?.click()}>
        {children}
      </Button>
      <input
        ref={field}
        hidden
        type="file"
        accept={accept}
        onChange={({ currentTarget }) => {
          const [file] = currentTarget.files ?? [];
          void file?.text().then(onText);
          // The same file can be chosen again once it has changed.
          currentTarget.value = '';
        }}
      />
    </div>
  );
}

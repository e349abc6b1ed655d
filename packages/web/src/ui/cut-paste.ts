import { plural } from '@lingui/core/macro';
import { useLingui } from '@lingui/react/macro';
import { useEffect } from 'react';
import { showToast } from './toast/toasts.ts';

/** Says so when text is pasted into a field that has no room for all of it: browsers leave out the rest silently. */
export function useCutPaste(): void {
  const { t } = useLingui();
  useEffect(() => {
    const pasted = ({ target, clipboardData, defaultPrevented }: ClipboardEvent) => {
      const isField = target instanceof HTMLTextAreaElement || target instanceof HTMLInputElement;
      if (defaultPrevented || !isField || target.maxLength < 0) return;
      const text = clipboardData?.getData('text/plain') ?? '';
      const selected = (target.selectionEnd ?? 0) - (target.selectionStart ?? 0);
      const left = target.value.length - selected + text.length - target.maxLength;
      if (left <= 0) return;
      showToast({
        kind: 'problem',
        title: t`Not all of the text fits here`,
        body: plural(left, { one: 'The last character was left out.', other: 'The last # characters were left out.' }),
      });
    };
    document.addEventListener('paste', pasted);
    return () => document.removeEventListener('paste', pasted);
  }, [t]);
}

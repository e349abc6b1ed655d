import type { ReactNode } from 'react';

export interface DialogProps {
  open: boolean;
  onClose: () => void;
  title: string;
  /** For screen readers only: the content is self-explanatory. */
  hideTitle?: boolean;
  description?: ReactNode;
  size?: 's' | 'm' | 'l';
  /** `top`: near the upper edge, like a palette. */
  place?: 'middle' | 'top';
  /** A question about destroying something: not closed by a click outside. */
  alert?: boolean;
  /** Buttons, the confirming one last. */
  actions?: ReactNode;
  children?: ReactNode;
}

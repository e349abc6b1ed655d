import type { ReactNode } from 'react';

export interface DialogProps {
  open: boolean;
  onClose: () => void;
  title: string;
  /** Only for screen readers: the content says what it is by itself. */
  hideTitle?: boolean;
  description?: ReactNode;
  size?: 's' | 'm' | 'l';
  /** `top`: near the upper edge, as a palette. */
  place?: 'middle' | 'top';
  /** A question about destroying something: not closed by a press beside it. */
  alert?: boolean;
  /** Buttons, the confirming one last. */
  actions?: ReactNode;
  children?: ReactNode;
}

import { type ComponentProps, type ReactNode, useId } from 'react';
import { classes } from '../classes.ts';
import { Icon } from '../icon/icon.tsx';
import type { IconType } from '../icons.ts';
import styles from './button.module.css';

export type ButtonVariant = 'primary' | 'quiet' | 'plain' | 'danger' | 'ember';

interface CommonProps extends Omit<ComponentProps<'button'>, 'disabled' | 'children'> {
  size?: 24 | 28 | 32 | 40;
  /** The action is running: the button cannot be pressed again, and keeps its width. */
  busy?: boolean | undefined;
  /** Why it is disabled; it stays focusable and shows the reason. */
  disabledReason?: string | undefined;
}

export interface ButtonProps extends CommonProps {
  /** `primary` at most once per screen. */
  variant?: ButtonVariant;
  icon?: IconType | undefined;
  wide?: boolean;
  children: ReactNode;
}

/** A button with a text. */
export function Button({ variant = 'quiet', size = 32, icon, wide, children, ...props }: ButtonProps) {
  const { reason, ...shared } = useButton(props);
  return (
    <>
      <button
        {...shared}
        className={classes(styles.button, styles[variant], styles[`size${size}`], wide && styles.wide, props.className)}
      >
        <span className={styles.label}>
          {icon && <Icon of={icon} small={size < 32} />}
          {children}
        </span>
        {props.busy && <span className={styles.spinner} />}
      </button>
      {reason}
    </>
  );
}

export interface IconButtonProps extends CommonProps {
  icon: IconType;
  /** The accessible name, also shown as a tooltip. */
  label: string;
  /** The shortcut of the same action, shown in the tooltip. */
  keys?: string | undefined;
  pressed?: boolean | undefined;
  variant?: 'plain' | 'quiet' | 'primary' | 'ember';
}

/** A button with an icon only. */
export function IconButton({ icon, label, keys, pressed, size = 32, variant = 'plain', ...props }: IconButtonProps) {
  const { reason, ...shared } = useButton(props);
  return (
    <>
      <button
        {...shared}
        aria-label={label}
        aria-pressed={pressed}
        data-tip={props.disabledReason ?? label}
        data-tip-keys={keys}
        className={classes(styles.button, styles.square, styles[variant], styles[`size${size}`], props.className)}
      >
        <span className={styles.label}>
          <Icon of={icon} small={size < 28} />
        </span>
        {props.busy && <span className={styles.spinner} />}
      </button>
      {reason}
    </>
  );
}

function useButton({ busy, disabledReason, onClick, type = 'button', ...props }: CommonProps) {
  const reasonId = useId();
  const isOff = busy === true || disabledReason !== undefined;
  return {
    'data-tip': disabledReason,
    ...props,
    type,
    onClick: isOff ? (event: { preventDefault(): void }) => event.preventDefault() : onClick,
    'aria-disabled': isOff || undefined,
    'aria-busy': busy || undefined,
    'aria-describedby': disabledReason === undefined ? props['aria-describedby'] : reasonId,
    reason: disabledReason !== undefined && (
      <span hidden id={reasonId}>
        {disabledReason}
      </span>
    ),
  };
}

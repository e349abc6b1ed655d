import { Toast } from '@base-ui/react/toast';
import { useLingui } from '@lingui/react/macro';
import { useEffect } from 'react';
import { IconButton } from '../button/button.tsx';
import { classes } from '../classes.ts';
import { Icon } from '../icon/icon.tsx';
import { CloseIcon, DoneIcon, InfoIcon, ProblemIcon, UndoIcon } from '../icons.ts';
import styles from './toast.module.css';
import { type ToastInput, takeToasts } from './toasts.ts';

const manager = Toast.createToastManager<{ kind: NonNullable<ToastInput['kind']> }>();
const ICONS = { info: InfoIcon, done: DoneIcon, problem: ProblemIcon, undo: UndoIcon };
const TIMEOUT = { info: 5_000, done: 4_000, problem: 0, undo: 8_000 };

/** At most three toasts at the bottom; F6 focuses them. */
export default function ToastRegion() {
  useEffect(() => takeToasts(add), []);
  return (
    <Toast.Provider toastManager={manager} limit={3}>
      <Toast.Portal>
        <Toast.Viewport className={styles.viewport}>
          <Toasts />
        </Toast.Viewport>
      </Toast.Portal>
    </Toast.Provider>
  );
}

function Toasts() {
  const { t } = useLingui();
  const { toasts, close } = Toast.useToastManager();
  return toasts.map((toast) => {
    const kind = (toast.data as { kind: keyof typeof ICONS } | undefined)?.kind ?? 'info';
    return (
      <Toast.Root
        key={toast.id}
        toast={toast}
        swipeDirection={['left', 'down']}
        className={classes(styles.toast, styles[kind])}
      >
        <Toast.Content className={styles.content}>
          <Icon of={ICONS[kind]} />
          <div className={styles.words}>
            <Toast.Title className={styles.title} />
            <Toast.Description className={styles.body} />
          </div>
          {toast.actionProps && <Toast.Action className={styles.action} />}
          <IconButton icon={CloseIcon} size={24} label={t`Close`} onClick={() => close(toast.id)} />
        </Toast.Content>
      </Toast.Root>
    );
  });
}

function add({ kind = 'info', title, body, action, timeout, onClose }: ToastInput): void {
  const id = manager.add({
    title,
    description: body,
    data: { kind },
    timeout: timeout ?? TIMEOUT[kind],
    priority: kind === 'problem' ? 'high' : 'low',
    ...(onClose && { onClose }),
    ...(action && {
      actionProps: {
        children: action.label,
        onClick: () => {
          action.onPress();
          manager.close(id);
        },
      },
    }),
  });
}

/** A message in the corner. `problem` stays until it is closed. */
export interface ToastInput {
  kind?: 'info' | 'done' | 'problem' | 'undo';
  title: string;
  body?: string | undefined;
  action?: { label: string; onPress: () => void };
  /** Milliseconds until it closes automatically; 0: never. */
  timeout?: number;
  /** Called when it was closed, for any reason. */
  onClose?: () => void;
}

type Listener = (toast: ToastInput) => void;

const waiting: ToastInput[] = [];
let listener: Listener | undefined;
const starters = new Set<() => void>();

/** Shows a toast; toasts before the region is loaded wait for it. */
export function showToast(toast: ToastInput): void {
  if (listener) listener(toast);
  else waiting.push(toast);
  for (const start of starters) start();
}

/** For the region only: receives every toast, waiting ones first. @returns a function that stops it */
export function takeToasts(take: Listener): () => void {
  listener = take;
  for (const toast of waiting.splice(0)) take(toast);
  return () => {
    if (listener === take) listener = undefined;
  };
}

/** For the layer only: called when there is the first toast to show. @returns a function that stops it */
export function onFirstToast(start: () => void): () => void {
  starters.add(start);
  if (waiting.length > 0) start();
  return () => starters.delete(start);
}

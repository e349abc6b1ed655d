/** A message in the corner. `problem` stays until it is read. */
export interface ToastInput {
  kind?: 'info' | 'done' | 'problem' | 'undo';
  title: string;
  body?: string | undefined;
  action?: { label: string; onPress: () => void };
  /** Milliseconds until it goes by itself; 0: stays. */
  timeout?: number;
  /** Told when it went, however. */
  onClose?: () => void;
}

type Listener = (toast: ToastInput) => void;

const waiting: ToastInput[] = [];
let listener: Listener | undefined;
const starters = new Set<() => void>();

/** Shows a toast; those from before the region is loaded wait for it. */
export function showToast(toast: ToastInput): void {
  if (listener) listener(toast);
  else waiting.push(toast);
  for (const start of starters) start();
}

/** For the region alone: takes every toast, those that waited first. @returns stops */
export function takeToasts(take: Listener): () => void {
  listener = take;
  for (const toast of waiting.splice(0)) take(toast);
  return () => {
    if (listener === take) listener = undefined;
  };
}

/** For the layer alone: told when there is the first toast to show. @returns stops */
export function onFirstToast(start: () => void): () => void {
  starters.add(start);
  if (waiting.length > 0) start();
  return () => starters.delete(start);
}

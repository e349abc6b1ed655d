/** How long the first screen has for itself: it still asks for what it shows. */
const FIRST_SCREEN_MS = 1_000;
/** Maximum time to wait for an idle page. */
const PATIENCE_MS = 5_000;

let begin: () => void = () => undefined;
const quiet = new Promise<void>((resolve) => {
  begin = resolve;
}).then(() => new Promise<void>(whenIdle));

function whenIdle(done: () => void): void {
  setTimeout(() => {
    if ('requestIdleCallback' in window) requestIdleCallback(() => done(), { timeout: PATIENCE_MS });
    else done();
  }, FIRST_SCREEN_MS);
}

/** Called when the first screen is rendered. */
export const firstScreenShown = (): void => begin();

/** Resolves when the first screen is usable and the page is idle: the time to load what nobody waits for. */
export const whenQuiet = (): Promise<void> => quiet;

import { afterEach, expect, it } from 'vitest';
import { isLookedAt, onLook, onWake } from './wake.ts';

class Page extends EventTarget {
  visibilityState = 'visible';
}

const globals = globalThis as { document?: unknown; addEventListener?: unknown; removeEventListener?: unknown };

afterEach(() => {
  delete globals.document;
  delete globals.addEventListener;
  delete globals.removeEventListener;
});

it('calls back when a page becomes visible or is online again, until stopped', () => {
  const [document, window] = [new Page(), new EventTarget()];
  Object.assign(globals, {
    document,
    addEventListener: window.addEventListener.bind(window),
    removeEventListener: window.removeEventListener.bind(window),
  });
  let woken = 0;
  const stop = onWake(() => (woken += 1));
  document.dispatchEvent(new Event('visibilitychange'));
  document.visibilityState = 'hidden';
  document.dispatchEvent(new Event('visibilitychange'));
  expect(woken).toBe(1);
  window.dispatchEvent(new Event('online'));
  expect(woken).toBe(2);
  stop();
  document.visibilityState = 'visible';
  document.dispatchEvent(new Event('visibilitychange'));
  window.dispatchEvent(new Event('online'));
  expect(woken).toBe(2);
});

it('knows whether a page is visible and has the focus, and calls back when that may have changed', () => {
  const [document, window] = [Object.assign(new Page(), { hasFocus: (): boolean => true }), new EventTarget()];
  Object.assign(globals, {
    document,
    addEventListener: window.addEventListener.bind(window),
    removeEventListener: window.removeEventListener.bind(window),
  });
  const seen: boolean[] = [];
  const stop = onLook(() => seen.push(isLookedAt()));
  window.dispatchEvent(new Event('focus'));
  document.hasFocus = () => false;
  window.dispatchEvent(new Event('blur'));
  document.hasFocus = () => true;
  document.visibilityState = 'hidden';
  document.dispatchEvent(new Event('visibilitychange'));
  stop();
  window.dispatchEvent(new Event('focus'));
  expect(seen).toEqual([true, false, false]);
});

it('does nothing in a program without a page', () => {
  onWake(() => expect.unreachable())();
  onLook(() => expect.unreachable())();
  expect(isLookedAt()).toBe(true);
});

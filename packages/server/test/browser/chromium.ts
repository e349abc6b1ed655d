import { spawn } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { createInterface } from 'node:readline';

/** One tab of a real browser, steered with keys as a person would without a mouse. */
export interface Tab {
  /** Opens an address as a link of a mail does, in a document of its own. */
  open(url: string): Promise<void>;
  /** What an expression is worth in the page. */
  evaluate(expression: string): Promise<unknown>;
  press(key: 'Tab' | 'Enter' | 'Space'): Promise<void>;
  type(text: string): Promise<void>;
  /** What the page could not do, such as load what its policy forbids, and errors of its scripts. */
  faults: string[];
  close(): Promise<void>;
}

const KEYS = { Tab: [9, ''], Enter: [13, '\r'], Space: [32, ' '] } as const;

interface Answer {
  id?: number;
  method?: string;
  params?: { exceptionDetails?: { text: string }; entry?: { level: string; source: string; text: string } };
  result?: { result?: { value?: unknown }; exceptionDetails?: { text: string } };
}

/** Starts Chromium, 390 points wide. Rejects when it does not start. */
export async function openTab(): Promise<Tab> {
  const profile = await mkdtemp(path.join(tmpdir(), 'atrium-browser-'));
  const flags = ['headless', 'no-sandbox', 'disable-gpu', 'no-first-run', 'disable-background-networking'];
  const more = ['disable-component-update', 'disable-sync', 'remote-debugging-port=0'];
  const child = spawn(
    'chromium',
    [...flags, ...more, `user-data-dir=${profile}`].map((flag) => `--${flag}`),
    {
      stdio: ['ignore', 'ignore', 'pipe'],
    },
  );
  const ended = new Promise<void>((resolve) => {
    child.on('close', () => resolve());
  });
  const endpoint = await new Promise<string>((resolve, reject) => {
    child.on('error', reject);
    void ended.then(() => reject(new Error('Chromium ended')));
    createInterface(child.stderr).on('line', (line) => {
      const [, url] = /^DevTools listening on (ws:\S+)/.exec(line) ?? [];
      if (url !== undefined) resolve(url);
    });
  });
  const targets = await (await fetch(`http://${new URL(endpoint).host}/json`)).json();
  const { webSocketDebuggerUrl } = (targets as { type: string; webSocketDebuggerUrl: string }[]).find(
    ({ type }) => type === 'page',
  )!;

  const socket = new WebSocket(webSocketDebuggerUrl);
  const waiting = new Map<number, (answer: Answer) => void>();
  const faults: string[] = [];
  socket.addEventListener('message', ({ data }) => {
    const answer = JSON.parse(String(data)) as Answer;
    if (answer.id !== undefined) waiting.get(answer.id)?.(answer);
    const { exceptionDetails, entry } = answer.params ?? {};
    if (exceptionDetails) faults.push(exceptionDetails.text);
    if (entry?.source === 'security' || entry?.source === 'javascript') faults.push(entry.text);
  });
  await new Promise((resolve) => socket.addEventListener('open', resolve));
  let last = 0;
  const send = (method: string, params: object = {}) =>
    new Promise<Answer>((resolve) => {
      last += 1;
      waiting.set(last, resolve);
      socket.send(JSON.stringify({ id: last, method, params }));
    });
  for (const domain of ['Page', 'Runtime', 'Log']) await send(`${domain}.enable`);
  // A window has a least width, and that is wider than a telephone.
  await send('Emulation.setDeviceMetricsOverride', { width: 390, height: 844, deviceScaleFactor: 1, mobile: true });

  return {
    faults,
    async open(url) {
      // Another fragment of the same address alone would load nothing.
      await send('Page.navigate', { url: 'about:blank' });
      await send('Page.navigate', { url });
    },
    async evaluate(expression) {
      const { result } = await send('Runtime.evaluate', { expression, returnByValue: true, awaitPromise: true });
      if (result?.exceptionDetails) throw new Error(`${expression}: ${result.exceptionDetails.text}`);
      return result?.result?.value;
    },
    async press(key) {
      const [code, text] = KEYS[key];
      const event = { key: key === 'Space' ? ' ' : key, code: key, windowsVirtualKeyCode: code };
      await send('Input.dispatchKeyEvent', { type: 'keyDown', ...event, ...(text === '' ? {} : { text }) });
      await send('Input.dispatchKeyEvent', { type: 'keyUp', ...event });
    },
    async type(text) {
      await send('Input.insertText', { text });
    },
    async close() {
      socket.close();
      child.kill();
      await ended;
      await rm(profile, { recursive: true, force: true, maxRetries: 20, retryDelay: 50 });
    },
  };
}

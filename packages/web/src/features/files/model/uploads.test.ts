import { expect, it } from 'vitest';
import { AtriumError } from '../../../live/derived.ts';
import { createUploads, type SendFiles } from './uploads.ts';

const file = (name: string, size = 1) => new File([new Uint8Array(size)], name);
const badType = (detail: string) =>
  new AtriumError('bad_type', detail, {
    type: 'urn:atrium:problem:bad_type',
    title: '',
    status: 400,
    code: 'bad_type',
    detail,
  });

/** Uploads with a server that refuses names with `bad`, and answers when told to. */
function scene(most = 10) {
  const requests: { names: string[]; answer: (error?: unknown) => void }[] = [];
  const send: SendFiles = (files, { signal }) =>
    new Promise<void>((resolve, reject) => {
      signal.addEventListener('abort', () => reject(signal.reason));
      const answer = (error?: unknown) => (error === undefined ? resolve() : reject(error));
      requests.push({ names: files.map(({ name }) => name), answer });
    });
  const uploads = createUploads(send, most);
  const names = () => uploads.get().map((each) => each.file.name);
  const answered = async (at: number, error?: unknown) => {
    requests[at]?.answer(error);
    await new Promise((resolve) => setTimeout(resolve));
  };
  return { uploads, requests, names, answered };
}

it('sends what waits in one request, and the rest after it', async () => {
  const { uploads, requests, names, answered } = scene(2);
  uploads.add([file('a'), file('b'), file('c')]);
  expect(requests.map((each) => each.names)).toEqual([['a', 'b']]);
  await answered(0);
  expect(names()).toEqual(['c']);
  await answered(1);
  expect(names()).toEqual([]);
});

it('keeps a refused file with its reason, and sends the others without it', async () => {
  const { uploads, requests, names, answered } = scene();
  const refusal = badType('b: the content is not what the name says.');
  uploads.add([file('a'), file('b')]);
  await answered(0, refusal);
  expect(requests[1]?.names).toEqual(['a']);
  await answered(1);
  expect(uploads.get()).toMatchObject([{ file: { name: 'b' }, error: refusal }]);
  uploads.retry(uploads.get()[0]?.key ?? '');
  await answered(2);
  expect(names()).toEqual([]);
});

it('holds a refusal that names no file against all of them', async () => {
  const { uploads, requests, answered } = scene();
  uploads.add([file('a'), file('b')]);
  await answered(0, new AtriumError('quota_exceeded', 'No room'));
  expect(uploads.get().map(({ error }) => error !== undefined)).toEqual([true, true]);
  expect(requests).toHaveLength(1);
});

it('sends the others again when one is cancelled', async () => {
  const { uploads, requests, names, answered } = scene();
  uploads.add([file('a'), file('b')]);
  uploads.cancel(uploads.get()[0]?.key ?? '');
  await answered(0);
  expect(requests[1]?.names).toEqual(['b']);
  await answered(1);
  expect(names()).toEqual([]);
});

it('does not send what is too large', () => {
  const { uploads, requests } = scene();
  uploads.add([file('large', 10 * 1024 * 1024 + 1)]);
  expect(requests).toEqual([]);
  expect(uploads.get()).toMatchObject([{ error: { code: 'payload_too_large' } }]);
});

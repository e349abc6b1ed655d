import { describe, expect, it } from 'vitest';
import { bySize, fitted, pastedFiles, progressOf } from './model.ts';

it.each([
  [
    { width: 1920, height: 1080 },
    { width: 320, height: 180 },
  ],
  [
    { width: 600, height: 1200 },
    { width: 120, height: 240 },
  ],
  [
    { width: 100, height: 50 },
    { width: 100, height: 50 },
  ],
  [
    { width: 4000, height: 1 },
    { width: 320, height: 1 },
  ],
])('fits %o into the box without enlarging it', (size, shown) => {
  expect(fitted(size, { width: 320, height: 240 })).toEqual(shown);
});

it('divides the progress of a request among its files in their order', () => {
  expect(progressOf([100, 300], 0.5)).toEqual([1, 1 / 3]);
  expect(progressOf([100, 300], 1)).toEqual([1, 1]);
  expect(progressOf([0, 10], 0)).toEqual([0, 0]);
});

it('sets files apart that are larger than 10 MB', () => {
  const small = { size: 10 * 1024 * 1024 };
  const large = { size: small.size + 1 };
  expect(bySize([small, large])).toEqual({ fit: [small], large: [large] });
});

describe('a clipboard', () => {
  const picture = new File(['x'], 'image.png', { type: 'image/png' });
  const other = new File(['y'], 'plan.pdf', { type: 'application/pdf' });
  it.each([
    ['a picture', [picture], '', [picture]],
    ['two files', [picture, other], '', [picture, other]],
    ['cells with a picture of them', [picture], 'Pots\t12\r\nSeeds\t3\r\n', []],
    ['a picture beside an empty text', [picture], ' \n', [picture]],
    ['files with their names', [picture, other], 'image.png\r\nplan.pdf', [picture, other]],
    ['a file with another text', [other], 'plan.pdf is ready', []],
    ['text', [], 'plan.pdf', []],
  ])('with %s', (_, files, text, taken) => {
    const clipboard = { files: files as unknown as FileList, getData: () => text };
    expect(pastedFiles(clipboard)).toEqual(taken);
  });
});

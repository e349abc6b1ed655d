import { rgbaToThumbHash } from 'thumbhash';
import { expect, it } from 'vitest';
import { placeholderUrl } from './placeholder.ts';

const base64 = (bytes: Uint8Array) => btoa(String.fromCharCode(...bytes));

it('is a picture of about the colour of the one that it stands for', () => {
  const red = Uint8Array.from({ length: 8 * 8 * 4 }, (_, at) => (at % 4 === 0 || at % 4 === 3 ? 255 : 0));
  expect(placeholderUrl(base64(rgbaToThumbHash(8, 8, red)))).toMatch(/^data:image\/png;base64,iVBOR/);
});

it('is nothing for what is no hash', () => {
  expect(placeholderUrl('not base64!')).toBeUndefined();
});

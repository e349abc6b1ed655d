import { expect, it } from 'vitest';
import { avatarOfFile, fileOfPath } from './avatar.ts';

const id = '0197a0c4-8c1b-7000-8000-0000000000aa';

it('finds the file of a path of its content', () => {
  expect(fileOfPath(avatarOfFile(id))).toBe(id);
  expect(fileOfPath(`/api/v1/attachments/${id.toUpperCase()}/content`)).toBe(id);
});

it.each([
  `https://example.org/api/v1/attachments/${id}/content`,
  `/api/v1/attachments/${id}`,
  `/api/v1/attachments/${id}/content?token=x`,
  `/api/v1/attachments/../${id}/content`,
  `//api/v1/attachments/${id}/content`,
  '/api/v1/attachments/1/content',
  '',
])('finds none in %j', (path) => {
  expect(fileOfPath(path)).toBeUndefined();
});

import { describe, expect, it } from 'vitest';
import { productWordComplaints, productWords } from './product-words.ts';

const words = productWords(['chat', 'identity', 'streams', 'webhooks', 'workspaces']);
const platform = 'packages/server/src/platform/live/rooms.ts';

it('takes the words from the names of the modules, without technical terms', () => {
  expect(words).toEqual(['chat', 'conversation', 'webhook', 'workspace']);
});

describe('the platform', () => {
  it.each([
    'const { workspaceId } = input;',
    'export interface ChatService {}',
    '/** Posts to a webhook. */',
    "limiter.consume('conversation', id);",
  ])('does not say: %s', (line) => {
    expect(productWordComplaints(platform, `\n${line}`, words)).toEqual([
      expect.stringMatching(
        /rooms\.ts:2 says "(workspace|Chat|webhook|conversation)".*scripts\/check\/product-words\.ts/,
      ),
    ]);
  });

  it.each(['const { streamId, userId } = input;', 'identify(request.url.search);'])('may say: %s', (line) => {
    expect(productWordComplaints(platform, line, words)).toEqual([]);
  });

  it.each([
    'packages/server/src/modules/chat/index.ts',
    'packages/server/src/platform/live/rooms.test.ts',
    'packages/server/src/platform/live/test/client.ts',
  ])('is not %s', (path) => {
    expect(productWordComplaints(path, 'const { workspaceId } = input;', words)).toEqual([]);
  });
});

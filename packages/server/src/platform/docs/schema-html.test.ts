import { describe, expect, it } from 'vitest';
import { schemaHtml } from './schema-html.ts';

describe('schemaHtml', () => {
  it('formats an object like TypeScript', () => {
    const html = schemaHtml({
      type: 'object',
      properties: {
        id: { type: 'string', format: 'uuid' },
        tags: { type: 'array', items: { enum: ['a', 'b'] }, maxItems: 3 },
        size: { type: ['integer', 'null'], minimum: 1, default: 5 },
        of: { $ref: '#/components/schemas/User' },
      },
      required: ['id'],
    });
    expect(html).toBe(`{
  <b>id</b>: string <span class="note">// UUID</span>
  <b>tags</b>?: (&#39;a&#39; | &#39;b&#39;)[] <span class="note">// at most 3 items</span>
  <b>size</b>?: integer | null <span class="note">// at least 1; default 5</span>
  <b>of</b>?: <a href="#type-User">User</a>
}`);
  });

  it('escapes everything', () => {
    const html = schemaHtml({ type: 'object', properties: { '<i>': { description: '<script>', enum: ['<b>'] } } });
    expect(html).not.toMatch(/<i>|<script>|'<b>'/);
  });
});

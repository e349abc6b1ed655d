import { incomingHook } from '@atrium/protocol';

const said = (...words: string[]) => ({ 'text/plain': { schema: { type: 'string', enum: words } } });

/** The one path that is not an operation: other programs post to it in Slack's format. */
export function hookPath(): Record<string, object> {
  const parameters = ['webhookId', 'secret'].map((name) => ({
    name,
    in: 'path',
    required: true,
    schema: { type: 'string' },
  }));
  const refusals = Map.groupBy(Object.entries(incomingHook.refusals), ([, status]) => status);
  return {
    post: {
      operationId: 'hooks.incoming',
      tags: ['webhooks'],
      summary: 'Post to a webhook',
      description: [
        "Accepts the same payloads as Slack's incoming webhooks, as JSON or as a form with the JSON in `payload`.",
        'Needs no authentication: the URL is secret.',
        'Posts repeated with the same `Idempotency-Key` send one message.',
        `At most ${incomingHook.bodyLimit / 1024} KiB.`,
      ].join(' '),
      security: [],
      parameters,
      requestBody: {
        required: true,
        content: { 'application/json': { schema: { $ref: '#/components/schemas/HookPayload' } } },
      },
      responses: {
        200: { description: 'Posted', content: said('ok') },
        ...Object.fromEntries(
          [...refusals].map(([status, entries]) => {
            const words = entries.map(([word]) => word);
            return [status, { description: words.join(', '), content: said(...words) }];
          }),
        ),
      },
    },
  };
}

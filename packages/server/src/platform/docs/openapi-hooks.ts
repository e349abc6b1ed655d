import { incomingHook } from '@atrium/protocol';

const said = (...words: string[]) => ({ 'text/plain': { schema: { type: 'string', enum: words } } });

/** The one address that is no operation: what other programs post to, in their own language. */
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
      summary: 'Post to a webhook, as one would to Slack',
      description: `No sign-in: the address is the secret. Also as a form with the JSON in \`payload\`. A repeated post with
the same \`Idempotency-Key\` is one message. At most ${incomingHook.bodyLimit / 1024} KiB.`,
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

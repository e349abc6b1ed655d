import type { SideEffects } from '../../../../test/side-effects.ts';

export const sideEffects: SideEffects = {
  background: {
    session: "(to_jsonb(t) - 'last_used_at')::text",
    api_token: "(to_jsonb(t) - 'last_used_at')::text",
  },
  refusal: { audit_log: null, email_code: "(to_jsonb(t) - 'tries')::text" },
};

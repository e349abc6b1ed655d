import { type HookPayload, hookPayload } from '@atrium/protocol';

/**
 * Reads what was posted: JSON, or JSON as the field `payload` of a form.
 * @returns undefined for what is no payload
 */
export function readPayload(contentType: string, body: string): HookPayload | undefined {
  const json = contentType === 'application/x-www-form-urlencoded' ? new URLSearchParams(body).get('payload') : body;
  try {
    return hookPayload.safeParse(JSON.parse(json ?? '')).data;
  } catch {
    return undefined;
  }
}

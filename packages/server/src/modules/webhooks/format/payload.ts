import { type HookPayload, hookPayload } from '@atrium/protocol';
import { whatFits } from './what-fits.ts';

/** The byte order marks of UTF-16. */
const UTF16: readonly (readonly [string, number, number])[] = [
  ['utf-16le', 0xff, 0xfe],
  ['utf-16be', 0xfe, 0xff],
];
/** Assumed for text that is not UTF-8 and names no character set. */
const FALLBACK = 'windows-1252';

function charsetOf(bytes: Buffer, contentType: string): string {
  const marked = UTF16.find(([, first, second]) => bytes[0] === first && bytes[1] === second)?.[0];
  return marked ?? /;\s*charset\s*=\s*"?([^\s;"]+)/i.exec(contentType)?.[1] ?? 'utf-8';
}

/** Decodes a body. @returns undefined for a character set that does not exist */
export function decodeBody(bytes: Buffer, contentType = ''): string | undefined {
  const charset = charsetOf(bytes, contentType);
  try {
    return new TextDecoder(charset, { fatal: true }).decode(bytes);
  } catch (error) {
    // A RangeError is about the name, any other error about the bytes.
    return error instanceof RangeError ? undefined : new TextDecoder(FALLBACK).decode(bytes);
  }
}

function parsed(json: string): unknown {
  try {
    return JSON.parse(json);
  } catch {
    return undefined;
  }
}

/** The field `payload` of a form, also unescaped as sent by `curl -d`. */
function fromForm(form: string): unknown {
  return parsed(new URLSearchParams(form).get('payload') ?? '') ?? parsed(/^payload=([\s\S]*)$/.exec(form)?.[1] ?? '');
}

/**
 * Reads a payload: JSON, or a form with JSON in the field `payload`. The text itself shows which one it is, since many
 * senders use the wrong `Content-Type`. Invalid parts are left out.
 * @returns undefined if it is not a payload
 */
export function readPayload(body: string): HookPayload | undefined {
  const text = body.replace(/^[\s\uFEFF]+/, '');
  const value = text.startsWith('{') ? parsed(text) : fromForm(text);
  return whatFits(hookPayload, value);
}

import { thumbHashToDataURL } from 'thumbhash';

/**
 * A ThumbHash as the address of a tiny picture, a few kilobytes that need no request; undefined if it is none.
 * @param placeholder base64
 */
export function placeholderUrl(placeholder: string): string | undefined {
  try {
    return thumbHashToDataURL(Uint8Array.from(atob(placeholder), (character) => character.charCodeAt(0)));
  } catch {
    return undefined;
  }
}

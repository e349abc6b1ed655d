import type { KeyboardEvent } from 'react';

/**
 * True for keys that an input method uses, such as Enter at the end of a conversion, which confirm a word and send
 * nothing. Safari ends the composition before such a key, and tells it by the code 229.
 */
export const isComposing = ({ keyCode, nativeEvent }: KeyboardEvent): boolean =>
  nativeEvent.isComposing || keyCode === 229;

import { useEffect } from 'react';
import { client } from './client.ts';

/**
 * Reports that a conversation, thread or task is on the screen while the component is mounted: nothing about it is
 * pushed or mailed to me meanwhile.
 */
export function useShowing(id: string): void {
  useEffect(() => client.showing(id), [id]);
}

import { problem } from '../../platform/operations/problem-error.ts';

/** A bot stays in the workspace that it was made for. Throws `forbidden`. */
export function refuseBot({ isBot }: { isBot?: true }): void {
  if (isBot) throw problem('forbidden', 'A bot belongs to one workspace and stays in it.');
}

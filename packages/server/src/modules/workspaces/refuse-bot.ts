import { problem } from '../../platform/module/index.ts';

/** A bot cannot join other workspaces. Throws `forbidden`. */
export function refuseBot({ isBot }: { isBot?: true }): void {
  if (isBot) throw problem('forbidden', 'A bot belongs to one workspace and stays in it.');
}

import { isTest, moduleOf } from './places.ts';
import type { Rule } from './rule.ts';

/**
 * The folders of each module from the lowest layer to the highest. A folder imports from lower layers only; folders in
 * one list share a layer and know nothing of each other. Files directly in the module are above all of its folders.
 */
export const LAYERS: Readonly<Record<string, readonly (string | readonly string[])[]>> = {
  chat: [
    'rows',
    'can',
    ['cases', 'drafts', 'mentions', 'pins', 'reactions', 'receipts', 'saved', 'search', 'threads', 'typing'],
    'messages',
    'view',
    'cleanup',
    'members',
    ['conversations', 'export', 'retention', 'support'],
  ],
  identity: [
    'audit',
    'keys',
    'rows',
    'mails',
    'sessions',
    ['passwords', 'verification'],
    ['tokens', 'two-factor'],
    ['accounts', 'providers', 'settings', 'sign-in'],
    ['administration', 'export'],
  ],
  notifications: ['ledger', 'rows', 'deciding', ['delivering', 'mails', 'preferences', 'push', 'reading']],
  search: ['text'],
  tasks: [
    'rows',
    ['board', 'recurrence'],
    'view',
    'changes',
    ['cards', 'comments', 'export', 'labels', 'list', 'slash', 'trash'],
    'operations',
  ],
  timers: ['rows', 'view', 'sessions', ['entries', 'forgotten', 'periods', 'watching']],
  timesheets: ['sheet', 'files'],
  webhooks: ['slack'],
};

/** The folder of a module in which a file lies; undefined for files directly in the module. */
const folderOf = (path: string) => /^packages\/server\/src\/modules\/[^/]+\/([^/]+)\//.exec(path)?.[1];

/** How high a file stands in its module; -1 for folders that are not listed. */
function heightOf(path: string, layers: (typeof LAYERS)[string]): number {
  const folder = folderOf(path);
  if (folder === undefined) return layers.length;
  return layers.findIndex((layer) => (typeof layer === 'string' ? layer === folder : layer.includes(folder)));
}

/** Inside a module imports go down, so its folders can be read one after the other. */
export const layersRule: Rule = {
  name: 'imports inside a module go down',
  instead: 'move what both need into a lower folder; the layers are listed in scripts/check/borders/layers.ts',
  refusesImport: ({ file = '' }, path) => {
    const name = moduleOf(path);
    if (name === undefined || name !== moduleOf(file) || isTest(path) || folderOf(path) === folderOf(file))
      return false;
    const layers = LAYERS[name] ?? [];
    const target = heightOf(file, layers);
    return target === -1 || target >= heightOf(path, layers);
  },
};

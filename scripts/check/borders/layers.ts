import { isTest, moduleOf } from './paths.ts';
import type { Rule } from './rule.ts';

type Layers = readonly (string | readonly string[])[];

/** The layers of modules that declare none: all other folders lie above these, and know nothing of each other. */
const DEFAULT_LAYERS: Layers = ['rows', 'view'];

/**
 * The folders of a module from the lowest layer to the highest, where they differ from the default. A folder imports
 * from lower layers only; folders in one list share a layer and know nothing of each other. Files directly in the module
 * are above all of its folders.
 */
const LAYERS: Readonly<Record<string, Layers>> = {
  analytics: ['rows', ['streaks', 'counts', 'completions', 'preferences', 'messages'], 'reading', 'workspace'],
  chat: [
    'rows',
    'can',
    [
      'attachments',
      'cases',
      'drafts',
      'mentions',
      'pins',
      'reactions',
      'receipts',
      'saved',
      'search',
      'threads',
      'typing',
    ],
    'messages',
    'view',
    'cleanup',
    'members',
    ['conversations', 'export', 'retention', 'support'],
  ],
  files: ['rows', 'images', 'receiving', ['cleanup', 'downloads', 'of-workspace', 'storing']],
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
  imports: ['rows', 'reading', ['exporting', 'sources', 'writing']],
  notifications: [
    'ledger',
    'rows',
    'deciding',
    ['preferences', 'reading'],
    ['unsubscribing', 'viewing'],
    ['chat', 'delivering', 'mails', 'push'],
  ],
  orders: ['rows', 'view', ['handling', 'past', 'placing', 'reading']],
  reminders: ['rows', 'timing', 'view', 'changes', 'delivering', ['digest', 'due', 'export', 'operations', 'slash']],
  search: ['text'],
  tasks: [
    'rows',
    ['board', 'recurrence'],
    'view',
    'changes',
    ['attachments', 'cards', 'comments', 'export', 'labels', 'list', 'slash', 'trash'],
    'operations',
  ],
  timers: ['rows', 'view', 'sessions', ['entries', 'forgotten', 'periods', 'watching']],
  timesheets: ['sheet', 'files'],
  webhooks: ['format', 'slack'],
};

/** The folder of a module in which a file lies; undefined for files directly in the module. */
const folderOf = (path: string) => /^packages\/server\/src\/modules\/[^/]+\/([^/]+)\//.exec(path)?.[1];

/** The layer of a file in its module; -1 for folders that are missing in the list of the module. */
function heightOf(path: string, name: string): number {
  const layers = LAYERS[name] ?? DEFAULT_LAYERS;
  const folder = folderOf(path);
  if (folder === undefined) return layers.length + 1;
  const found = layers.findIndex((layer) => (typeof layer === 'string' ? layer === folder : layer.includes(folder)));
  return found === -1 && !(name in LAYERS) ? layers.length : found;
}

/** Inside a module imports go down, so its folders can be read one after the other. */
export const layersRule: Rule = {
  name: 'imports inside a module go down',
  instead: 'move what both need into a lower folder; the layers are listed in scripts/check/borders/layers.ts',
  refusesImport: ({ file = '' }, path) => {
    const name = moduleOf(path);
    if (name === undefined || name !== moduleOf(file) || isTest(path) || folderOf(path) === folderOf(file))
      return false;
    const target = heightOf(file, name);
    return target === -1 || target >= heightOf(path, name);
  },
};

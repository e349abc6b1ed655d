import type { Page } from '@playwright/test';
import type { Places } from './pages.ts';

type Role = Parameters<Page['getByRole']>[0];

/** What somebody does to open a popup: uses a control, which is named in English, or presses a key. */
export interface Step {
  role: Role;
  name: string | RegExp;
  /** Pressed while the control has the focus, instead of a click. */
  key?: string;
}

/** The dialogs and menus of a page, each by the steps that open it. */
export interface Popups {
  path: (places: Places) => string;
  opened: readonly (readonly Step[])[];
}

const button = (name: string | RegExp): Step => ({ role: 'button', name });
const item = (name: string | RegExp): Step => ({ role: 'menuitem', name });
/** A message, at which a key is pressed. */
const message = (name: RegExp, key: string): Step => ({ role: 'article', name, key });

/** For whoever runs the demo; the names are those of the demo. */
export const POPUPS: readonly Popups[] = [
  {
    path: () => '/today',
    opened: [
      [button('More'), button('Find anything')],
      [button('Remind me')],
      [button(/^Reminder: /)],
      [button(/^Reminder: /), item('Change')],
      [button(/^More about: /)],
      [button('More'), button(/^Workspace /)],
      [button('More'), button(/^You: /)],
      [button('More'), button('Add channels')],
      [button('More'), button('Add channels'), item('All channels')],
      [button('More'), button('Add channels'), item('New channel')],
      [button('More'), button('New message')],
    ],
  },
  {
    path: ({ general }) => `/c/${general}`,
    opened: [
      [button(/^What notifies me here/)],
      [button('Formatting')],
      [message(/^Ann Weber/, 'Enter')],
      [message(/^Ann Weber/, 'Enter'), item('Remind me about this')],
      [button(/^View /)],
    ],
  },
  { path: ({ planting }) => `/c/${planting}/about`, opened: [[button('Add people')], [button(/^Remove /)]] },
  {
    path: ({ planting }) => `/c/${planting}/about?part=settings`,
    opened: [[button('Leave')], [button('Delete…')]],
  },
  { path: ({ general }) => `/c/${general}/about?part=files`, opened: [[button(/^Delete /)]] },
  { path: ({ workspace }) => `/w/${workspace}/tasks?view=board`, opened: [[button('Move to…')]] },
  { path: ({ task }) => `/tasks/${task}`, opened: [[button('Remind me')], [button('Assign somebody')]] },
  {
    path: ({ workspace, lastWeek }) => `/w/${workspace}/time?from=${lastWeek}`,
    opened: [[button('Lock…')], [button('Export')], [button('Add time')]],
  },
  { path: () => '/you', opened: [[button('Goals and days off')]] },
  { path: ({ workspace }) => `/w/${workspace}/desk`, opened: [[button('Move to…')]] },
  {
    path: ({ workspace }) => `/w/${workspace}/desk/products`,
    opened: [[button('More')], [button('More'), item('Shop settings…')]],
  },
  {
    path: ({ workspace, product }) => `/w/${workspace}/desk/products/${product}`,
    opened: [[button('Delete product')]],
  },
  {
    path: ({ workspace }) => `/w/${workspace}/settings/general`,
    opened: [[button('Leave workspace')], [button('Delete workspace')]],
  },
  { path: ({ workspace }) => `/w/${workspace}/settings/people`, opened: [[button(/^Remove /)]] },
  { path: () => '/account/data', opened: [[button('Delete my account')]] },
  {
    path: () => '/admin/users',
    opened: [
      [button(/^What to do with Mira/)],
      ...['Make an administrator…', 'Disable…', 'Sign out everywhere…', 'Delete…'].map((name) => [
        button(/^What to do with Mira/),
        item(name),
      ]),
    ],
  },
  { path: () => '/admin/workspaces', opened: [[button(/^What to do with/)]] },
  { path: ({ workspace }) => `/admin/workspaces/${workspace}`, opened: [[button('Delete the workspace')]] },
  {
    path: () => '/admin/settings',
    opened: [[button('New key for sessions…')], [button('New key for push messages…')]],
  },
];

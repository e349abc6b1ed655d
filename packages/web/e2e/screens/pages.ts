/** Ids of what the demo has made, by the names that the addresses below use. */
export interface Places {
  workspace: string;
  general: string;
  planting: string;
  direct: string;
  support: string;
  thread: string;
  task: string;
  order: string;
  product: string;
  /** A day of the last week. */
  lastWeek: string;
}

/** A page to be photographed: the name of its picture, and its address. */
export interface Screen {
  name: string;
  path: (places: Places) => string;
  /** Loaded anew at each width. */
  anew: boolean;
}

const at = (name: string, path: string | ((places: Places) => string)): Screen => ({
  name,
  path: typeof path === 'string' ? () => path : path,
  anew: name.startsWith('chat'),
});

/** Before there is anything. */
export const FIRST: readonly Screen[] = [at('welcome', '/welcome')];

/** For those who are not signed in. */
export const OUTSIDE: readonly Screen[] = [
  at('sign-in', '/sign-in'),
  at('sign-up', '/sign-up'),
  at('forgot-password', '/forgot-password'),
];

/** For whoever runs the demo. */
export const INSIDE: readonly Screen[] = [
  at('welcome-workspace', '/welcome/workspace'),
  at('welcome-people', ({ workspace }) => `/welcome/people/${workspace}`),
  at('join', '/join'),
  at('today', '/today'),
  at('inbox', '/inbox'),
  at('notifications', '/inbox/notifications'),
  at('notification-reasons', '/inbox/notifications/reasons'),
  at('chat', ({ planting }) => `/c/${planting}`),
  at('chat-general', ({ general }) => `/c/${general}`),
  at('chat-thread', ({ general, thread }) => `/c/${general}/t/${thread}`),
  at('chat-about', ({ planting }) => `/c/${planting}/about`),
  at('chat-files', ({ general }) => `/c/${general}/about?part=files`),
  at('chat-direct', ({ direct }) => `/c/${direct}`),
  at('saved', '/saved'),
  at('threads', '/threads'),
  at('search', '/search?q=lemon'),
  at('support', ({ workspace }) => `/w/${workspace}/support`),
  at('support-case', ({ support }) => `/c/${support}`),
  at('tasks', ({ workspace }) => `/w/${workspace}/tasks`),
  at('board', ({ workspace }) => `/w/${workspace}/tasks?view=board`),
  at('task', ({ task }) => `/tasks/${task}`),
  at('time', ({ workspace, lastWeek }) => `/w/${workspace}/time?from=${lastWeek}`),
  at('time-day', ({ workspace }) => `/w/${workspace}/time?by=day`),
  at('files', ({ workspace }) => `/w/${workspace}/files`),
  at('progress', '/you'),
  at('shop', ({ workspace }) => `/shop/${workspace}`),
  at('product', ({ workspace, product }) => `/shop/${workspace}/${product}`),
  at('cart', ({ workspace }) => `/shop/${workspace}/cart`),
  at('desk', ({ workspace }) => `/w/${workspace}/desk`),
  at('order', ({ workspace, order }) => `/w/${workspace}/desk/${order}`),
  at('products', ({ workspace }) => `/w/${workspace}/desk/products`),
  at('product-edit', ({ workspace, product }) => `/w/${workspace}/desk/products/${product}`),
  at('my-orders', '/orders'),
  ...['general', 'people', 'invites', 'bots', 'retention', 'analytics', 'webhooks', 'endpoints'].map((part) =>
    at(`workspace-${part}`, ({ workspace }) => `/w/${workspace}/settings/${part}`),
  ),
  ...['profile', 'appearance', 'notifications', 'security', 'devices', 'tokens', 'data'].map((part) =>
    at(`account-${part}`, `/account/${part}`),
  ),
  ...['overview', 'workspaces', 'users', 'audit', 'mail', 'checks', 'settings'].map((part) =>
    at(`admin-${part}`, `/admin/${part}`),
  ),
  at('admin-workspace', ({ workspace }) => `/admin/workspaces/${workspace}`),
  at('keys', '/keys'),
  at('not-found', '/nowhere'),
];

export { bindBrowserRedirects, type RedirectAnswer } from './browser-redirects.ts';
export { bindContents } from './contents.ts';
export type { ExecutorDeps } from './deps.ts';
export { createExecutor, toProblem } from './execute.ts';
export { deleteAnswers } from './idempotency-store.ts';
export { parseShape } from './input.ts';
export { readKey } from './key.ts';
export { bindPlainRoutes } from './plain-routes.ts';
export { bindRoutes, type Identified, type RestDeps } from './rest.ts';

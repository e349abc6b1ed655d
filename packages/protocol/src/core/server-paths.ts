/** Paths that the server handles itself, with everything below them. All others are pages of the web app, or files. */
export const serverPaths = [
  '/api',
  '/socket.io',
  '/docs',
  '/mcp',
  '/web',
  '/assets',
  '/health',
  '/metrics',
  '/mailbox',
  '/admin/queues',
] as const;

/** True for paths that the server handles itself. */
export function isServerPath(path: string): boolean {
  return serverPaths.some((own) => path === own || path.startsWith(`${own}/`));
}

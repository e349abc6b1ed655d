/** Addresses that the server answers by itself, and what is below them. */
const OF_THE_SERVER = ['api', 'socket.io', 'docs', 'web', 'assets', 'health', 'metrics', 'mailbox', 'admin/queues'];

/** Whether the page of the app answers a path. Paths with an ending are files. Pure. */
export function isPageAddress(path: string): boolean {
  const name = path.slice(1);
  if (/\.[a-z0-9]+$/i.test(name)) return false;
  return !OF_THE_SERVER.some((own) => name === own || name.startsWith(`${own}/`));
}

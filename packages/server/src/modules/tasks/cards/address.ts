const UUID = '[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}';
const escaped = (text: string) => text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');

/** Tasks that one message names; more are not shown. */
const MOST = 10;

/** Creates the function that finds the tasks a text names by their address: `<appUrl>/tasks/<id>`. */
export function taskAddresses(appUrl: string): (content: string) => string[] {
  const address = new RegExp(`${escaped(appUrl.replace(/\/$/, ''))}/tasks/(${UUID})(?![\\w-])`, 'gi');
  return (content) => {
    const ids = [...content.matchAll(address)].map((match) => String(match[1]).toLowerCase());
    return [...new Set(ids)].slice(0, MOST);
  };
}

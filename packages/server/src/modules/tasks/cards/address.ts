const UUID = '[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}';
const escaped = (text: string) => text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');

/** Maximum number of tasks shown for one message. */
const MOST = 10;

/** Creates the function that finds the tasks whose URL a text contains: `<appUrl>/tasks/<id>`. */
export function taskAddresses(appUrl: string): (content: string) => string[] {
  const address = new RegExp(`${escaped(appUrl.replace(/\/$/, ''))}/tasks/(${UUID})(?![\\w-])`, 'gi');
  return (content) => {
    const ids = [...content.matchAll(address)].map((match) => String(match[1]).toLowerCase());
    return [...new Set(ids)].slice(0, MOST);
  };
}

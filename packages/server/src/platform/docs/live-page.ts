import { about, problems } from '@atrium/protocol';
import { escapeHtml } from '../pages/index.ts';
import { convertContract } from './json-schema.ts';
import { type LiveCommandEntry, type LiveEventEntry, liveCommands, liveEvents } from './live-contract.ts';
import { schemaHtml } from './schema-html.ts';

/** Converts a name for use in an anchor: `message:send` → `message-send`. */
const slug = (name: string) => name.replaceAll(/[^\w-]/g, '-');

/** A long name with line-break opportunities after each colon, dot and dash. */
function breakable(name: string): string {
  return escapeHtml(name).replaceAll(/[:._-]/g, '$&<wbr>');
}

function block(label: string, html: string): string {
  return `<h4>${label}</h4>\n<pre tabindex="0">${html}</pre>`;
}

function heading(id: string, name: string): string {
  return `<h3><a class="anchor" href="#${id}"><code>${breakable(name)}</code></a></h3>`;
}

function eventArticle({ type, summary, streams, data }: LiveEventEntry): string {
  const id = `event-${slug(type)}`;
  const carried = streams.length === 0 ? '' : `<p>Carried by streams of kind: ${streams.join(', ')}.</p>`;
  return `<article id="${id}">
${heading(id, type)}
<p>${escapeHtml(summary)}.</p>
${carried}
${block('Data', schemaHtml(data))}
</article>`;
}

function commandArticle({ event, summary, notes, input, output }: LiveCommandEntry): string {
  const id = `command-${slug(event)}`;
  return `<article id="${id}">
${heading(id, event)}
<p>${escapeHtml(summary)}.</p>
${notes.map((note) => `<p>${escapeHtml(note)}</p>`).join('\n')}
${block('Input', schemaHtml(input))}
${block('Response', schemaHtml(output))}
</article>`;
}

function links(prefix: string, names: readonly string[]): string {
  const items = names.map((name) => `<li><a href="#${prefix}-${slug(name)}">${breakable(name)}</a></li>`);
  return `<ul>\n${items.join('\n')}\n</ul>`;
}

const introduction = (appUrl: string) => `<section id="connecting">
<h2>Connecting</h2>
<p>Atrium uses Socket.IO 4 at <code>/socket.io</code>, in the default namespace. Send the access token in the handshake;
pages of this instance that are signed in with cookies need none.</p>
<p>A handshake that fails for a reason that passes by itself (the database is away, too many connections) closes the
transport, and Socket.IO connects again by itself. <code>connect_error</code> with a problem as its <code>data</code>
means that something has to change first, such as the token. A handshake that is refused as a whole is answered with 403
for a page of another site, or with 429 and <code>Retry-After</code> while more than <code>SOCKETS_OPENING_PER_ADDRESS</code>
connections from one address are opening.</p>
<pre tabindex="0">${escapeHtml(about.liveExample(new URL(appUrl).origin))}</pre>
<h3>Events</h3>
<p>The name of an event is its type. A <strong>durable</strong> event has a second argument, its
<a href="#type-EventMeta">position in a stream</a>. A <strong>volatile</strong> event has none and may be dropped.</p>
<h3>Delivery</h3>
<p>Positions in a stream have no gaps. Remember the last one of each stream; apply the next, ignore anything older, and call
<a href="#command-sync"><code>sync</code></a> when one is missing. After reconnecting, call
<a href="#command-resume"><code>resume</code></a>. A stream listed in <code>reset</code> starts over from
<code>GET /api/v1/snapshot</code>. The TypeScript SDK does all of this for you.</p>
<h3>Commands</h3>
<p><code>socket.emit(event, input, ack)</code>. The ack receives <code>{ ok: true, data }</code>, or
<code>{ ok: false, error }</code> with a <a href="#type-Problem">problem</a>. Every operation of the
<a href="/docs">REST API</a> can be called with <a href="#command-op"><code>op</code></a>.</p>
</section>`;

function errors(): string {
  const rows = Object.entries(problems).map(
    ([code, { status, title }]) =>
      `<tr><th scope="row"><code>${breakable(code)}</code></th><td>${status}</td><td>${title}</td></tr>`,
  );
  return `<section id="errors">
<h2>Errors</h2>
<table>
<thead><tr><th scope="col">Code</th><th scope="col">Status</th><th scope="col">Meaning</th></tr></thead>
<tbody>
${rows.join('\n')}
</tbody>
</table>
</section>`;
}

/**
 * Renders the live API as a page without scripts. Its style sheet is /docs/assets/live.css.
 * @param appUrl the URL of this server, for the example
 */
export function renderLivePage(appUrl: string): string {
  const schemas = convertContract();
  const told = liveEvents(schemas);
  const durable = told.filter(({ streams }) => streams.length > 0);
  const volatile = told.filter(({ streams }) => streams.length === 0);
  const commands = liveCommands(schemas);
  const types = Object.entries(schemas.components);
  const typeArticles = types.map(
    ([name, schema]) =>
      `<article id="type-${name}">\n${heading(`type-${name}`, name)}\n<pre tabindex="0">${schemaHtml(schema)}</pre>\n</article>`,
  );
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>Live API - Atrium</title>
<link rel="icon" href="/favicon.svg" type="image/svg+xml">
<link rel="stylesheet" href="/docs/assets/live.css">
</head>
<body>
<a class="skip" href="#content">Skip to the content</a>
<header>
<h1>Atrium live API</h1>
<p><a href="/">Start page</a> · <a href="/docs">REST API</a> · <a href="/asyncapi.json">AsyncAPI document</a></p>
</header>
<nav aria-label="Contents">
<ul>
<li><a href="#connecting">Connecting</a></li>
<li><a href="#errors">Errors</a></li>
</ul>
<h2><a href="#durable">Durable events</a></h2>
${links(
  'event',
  durable.map(({ type }) => type),
)}
<h2><a href="#volatile">Volatile events</a></h2>
${links(
  'event',
  volatile.map(({ type }) => type),
)}
<h2><a href="#commands">Commands</a></h2>
${links(
  'command',
  commands.map(({ event }) => event),
)}
<h2><a href="#types">Types</a></h2>
${links(
  'type',
  types.map(([name]) => name),
)}
</nav>
<main id="content">
${introduction(appUrl)}
<section id="durable">
<h2>Durable events</h2>
${durable.map(eventArticle).join('\n')}
</section>
<section id="volatile">
<h2>Volatile events</h2>
${volatile.map(eventArticle).join('\n')}
</section>
<section id="commands">
<h2>Commands</h2>
${commands.map(commandArticle).join('\n')}
</section>
${errors()}
<section id="types">
<h2>Types</h2>
${typeArticles.join('\n')}
</section>
</main>
</body>
</html>
`;
}

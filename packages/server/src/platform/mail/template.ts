import { escapeHtml } from '../pages/index.ts';
import { withoutLinks } from './without-links.ts';

/** An item in a list of a mail. */
interface MailItem {
  title: string;
  /** A path or a URL below `appUrl`. */
  url: string;
  /** Colour of the bar beside it, as #rrggbb. */
  color: string;
  details: readonly string[];
}

export interface MailList {
  title: string;
  items: readonly MailItem[];
  /** How many more there are than are shown. */
  more: number;
}

export interface MailContent {
  /** The configured URL of this Atrium; never taken from a request. */
  appUrl: string;
  title: string;
  paragraphs: readonly string[];
  /** Shown large, to be typed or copied. */
  code?: string;
  /** Lists of items with links, below the paragraphs. */
  lists?: readonly MailList[];
  /** A last paragraph, below everything else. */
  closing?: string;
  /** The call to action; `url` is a path or a URL below `appUrl`. */
  action?: { label: string; url: string };
}

const FONT = "font-family:system-ui,-apple-system,'Segoe UI',Roboto,sans-serif";
const PAGE = `margin:0;padding:24px;background:#f4f4f5;color:#18181b;line-height:1.5;${FONT}`;
const CARD = 'max-width:480px;margin:0 auto;padding:24px;background:#ffffff;border-radius:8px';
const CODE = 'margin:16px 0;font-size:28px;font-weight:600;letter-spacing:4px;font-family:ui-monospace,monospace';
const BUTTON =
  'display:inline-block;padding:10px 18px;border-radius:6px;background:#1d4ed8;color:#ffffff;text-decoration:none';

const HEADING = 'margin:20px 0 8px;font-size:16px';

function listText(appUrl: string, { title, items, more }: MailList): string {
  const lines = items.flatMap((item) => [
    `- ${item.title}`,
    ...item.details.map((detail) => `  ${detail}`),
    `  ${linkBelow(appUrl, item.url)}`,
  ]);
  return [title, ...lines, ...(more > 0 ? [`and ${more} more`] : [])].join('\n');
}

function itemHtml(appUrl: string, { title, url, color, details }: MailItem): string {
  if (!/^#[\da-f]{6}$/.test(color)) throw new RangeError('the color of an item is #rrggbb');
  const link = `<a style="color:#18181b;font-weight:600" href="${escapeHtml(linkBelow(appUrl, url))}">${escapeHtml(title)}</a>`;
  const lines = details.map((detail) => `<br><span style="color:#52525b">${escapeHtml(detail)}</span>`);
  return `<p style="margin:0 0 12px;padding-left:12px;border-left:4px solid ${color}">${link}${lines.join('')}</p>`;
}

function listHtml(appUrl: string, { title, items, more }: MailList): string[] {
  return [
    `<h2 style="${HEADING}">${escapeHtml(title)}</h2>`,
    ...items.map((item) => itemHtml(appUrl, item)),
    ...(more > 0 ? [`<p style="margin:0 0 12px">and ${more} more</p>`] : []),
  ];
}

/** Resolves a link. Throws a RangeError if it leads outside this Atrium. */
function linkBelow(appUrl: string, url: string): string {
  const app = new URL(appUrl);
  const base = app.pathname.endsWith('/') ? app.pathname : `${app.pathname}/`;
  const link = new URL(url, new URL(base, app));
  const inside = link.pathname.startsWith(base) || link.pathname === app.pathname;
  const plain = link.username === '' && link.password === '' && /^https?:$/.test(link.protocol);
  if (link.origin !== app.origin || !inside || !plain) throw new RangeError('an email may link to this Atrium only');
  return link.href;
}

/** The texts of a mail, which may contain text from users. Only paths become links. */
function unlinked({ title, paragraphs, code, lists = [], closing, action }: MailContent) {
  return {
    title: withoutLinks(title),
    paragraphs: paragraphs.map(withoutLinks),
    code: code === undefined ? undefined : withoutLinks(code),
    lists: lists.map((list) => ({
      ...list,
      title: withoutLinks(list.title),
      items: list.items.map((item) => ({
        ...item,
        title: withoutLinks(item.title),
        details: item.details.map(withoutLinks),
      })),
    })),
    closing: closing === undefined ? undefined : withoutLinks(closing),
    action: action && { ...action, label: withoutLinks(action.label) },
  };
}

/**
 * Renders an email as text and as HTML with the same content. Throws a RangeError for a link that leads elsewhere.
 * Nothing in texts becomes a link.
 */
export function mailTemplate(content: MailContent): { text: string; html: string } {
  const { title, paragraphs, code, lists, closing, action: call } = unlinked(content);
  const home = linkBelow(content.appUrl, content.appUrl);
  const action = call && { label: call.label, url: linkBelow(content.appUrl, call.url) };
  const text = [
    title,
    ...paragraphs,
    ...(code === undefined ? [] : [`    ${code}`]),
    ...lists.map((list) => listText(content.appUrl, list)),
    ...(action === undefined ? [] : [`${action.label}: ${action.url}`]),
    ...(closing === undefined ? [] : [closing]),
    `-- \nAtrium, ${home}`,
  ].join('\n\n');
  const body = [
    `<h1 style="margin:0 0 16px;font-size:20px">${escapeHtml(title)}</h1>`,
    ...paragraphs.map((paragraph) => `<p style="margin:0 0 12px">${escapeHtml(paragraph)}</p>`),
    ...(code === undefined ? [] : [`<p style="${CODE}">${escapeHtml(code)}</p>`]),
    ...lists.flatMap((list) => listHtml(content.appUrl, list)),
    ...(action === undefined
      ? []
      : [
          `<p style="margin:20px 0"><a style="${BUTTON}" href="${escapeHtml(action.url)}">${escapeHtml(action.label)}</a></p>`,
        ]),
    ...(closing === undefined
      ? []
      : [`<p style="margin:20px 0 0;font-size:13px;color:#52525b">${escapeHtml(closing)}</p>`]),
  ].join('\n');
  const footer = `<p style="max-width:480px;margin:16px auto 0;font-size:13px;color:#52525b">Atrium, <a style="color:#52525b" href="${escapeHtml(home)}">${escapeHtml(home)}</a></p>`;
  const html = `<!doctype html>
<html lang="en">
<head><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>${escapeHtml(title)}</title></head>
<body style="${PAGE}">
<div style="${CARD}">
${body}
</div>
${footer}
</body>
</html>
`;
  return { text: `${text}\n`, html };
}

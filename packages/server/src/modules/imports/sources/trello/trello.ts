import { createReadStream } from 'node:fs';
import { readFile, stat } from 'node:fs/promises';
import { sizes } from '@atrium/protocol';
import { openZip, parseJson } from '../../reading/zip.ts';
import {
  BadExport,
  type CommentRow,
  type FileOfRow,
  type LabelRow,
  leftOut,
  type Row,
  type TaskRow,
} from '../../rows/neutral.ts';
import { labelKey } from '../../rows/text.ts';
import type { SourceOptions } from '../options.ts';
import { TrelloFiles } from './attachments.ts';
import {
  type TrelloAction,
  type TrelloAttachment,
  type TrelloBoard,
  type TrelloCard,
  type TrelloItem,
  trelloBoard,
  trelloCard,
} from './format.ts';
import { colourOf, statusOf } from './status.ts';

/** A board is a single JSON value and is read as a whole. Trello's own exports have at most 1,000 actions. */
const MOST_BYTES = 128 * 1024 * 1024;

interface Board extends TrelloBoard {
  /** Names of lists, by id, with their position. */
  places: ReadonlyMap<string, { name: string; pos: number; isClosed: boolean }>;
  now: Date;
  files: TrelloFiles;
}

/**
 * The export of a Trello board as JSON, or of boards as a zip archive with their uploaded files: cards become tasks,
 * items of checklists their sub-tasks.
 */
export async function* trelloRows(file: string, { now }: SourceOptions): AsyncGenerator<Row, void> {
  if (!(await isZip(file))) {
    yield* boardRows(await readBoard(file, now));
    return;
  }
  const archive = await openZip(file);
  try {
    const files = new TrelloFiles(archive);
    let boards = 0;
    for (const name of archive.names.filter((one) => one.endsWith('.json'))) {
      const board = boardOf(await archive.json(name, MOST_BYTES), { now, files });
      if (board === undefined) yield leftOut(name, 'is no board');
      else yield* boardRows(board);
      if (board !== undefined) boards += 1;
    }
    if (boards === 0) throw new BadExport('The archive has no board of Trello in it.');
  } finally {
    archive.close();
  }
}

async function isZip(file: string): Promise<boolean> {
  const [first = Buffer.alloc(0)] = await createReadStream(file, { end: 3 }).toArray();
  return first.subarray(0, 2).toString('latin1') === 'PK';
}

async function* boardRows(board: Board): AsyncGenerator<Row, void> {
  for (const { id, fullName, username } of board.members) {
    const name = fullName || username || id;
    yield { kind: 'person', key: id, where: `member ${name}`, name, username, role: 'member', isActive: true };
  }
  if (board.desc !== '') yield leftOut(`board ${board.name}`, `its description is not imported: ${board.desc}`);
  yield* labelRows(board);
  const cards: TrelloCard[] = [];
  for (const [at, value] of board.cards.entries()) {
    const card = trelloCard.safeParse(value).data;
    if (card === undefined) yield leftOut(`card ${at + 1}`, 'has no id');
    else cards.push(card);
  }
  const placeOf = ({ idList }: TrelloCard) => board.places.get(idList)?.pos ?? 0;
  cards.sort((one, other) => placeOf(one) - placeOf(other) || one.pos - other.pos);
  for (const card of cards) {
    yield cardRow(board, card);
    yield* itemRows(board, card);
    yield* commentRows(board, card);
  }
}

/** Lists are labels here, and a board has labels that no card has. */
function* labelRows({ labels, lists }: Board): Generator<LabelRow, void> {
  const open = lists.filter(({ closed }) => closed !== true).sort((one, other) => one.pos - other.pos);
  for (const { color, name } of [...open.map(({ name }) => ({ name, color: undefined })), ...labels]) {
    if (name === '') continue;
    yield { kind: 'label', key: labelKey(name), where: `label ${name}`, name, color: colourOf(color) };
  }
}

async function readBoard(file: string, now: Date): Promise<Board> {
  if ((await stat(file)).size > MOST_BYTES) throw new BadExport(`The file has more than ${MOST_BYTES} bytes.`);
  const value = parseJson(await readFile(file, 'utf8'), 'The file');
  const board = boardOf(value, { now, files: new TrelloFiles(undefined) });
  if (board === undefined) throw new BadExport('It is no export of a Trello board: it has no name, or no cards.');
  return board;
}

function boardOf(value: unknown, about: Pick<Board, 'now' | 'files'>): Board | undefined {
  const board = trelloBoard.safeParse(value).data;
  if (board === undefined) return undefined;
  const places = board.lists.map(({ id, name, closed = false, pos }) => [id, { name, pos, isClosed: closed }] as const);
  return { ...board, ...about, places: new Map(places) };
}

/** Trello's ids begin with their creation time in seconds. */
function madeAt(id: string, now: Date): Date {
  const seconds = /^[0-9a-f]{24}$/.test(id) ? Number.parseInt(id.slice(0, 8), 16) : Number.NaN;
  const at = new Date(seconds * 1_000);
  return Number.isNaN(at.getTime()) || at > now ? now : at;
}

function timeOf(text: string | undefined): Date | undefined {
  const at = new Date(text ?? Number.NaN);
  return Number.isNaN(at.getTime()) ? undefined : at;
}

function cardRow(board: Board, card: TrelloCard): TaskRow {
  const list = board.places.get(card.idList);
  const isArchived = card.closed === true || list?.isClosed === true;
  const status = card.dueComplete || isArchived ? 'completed' : statusOf(list?.name ?? '');
  const due = timeOf(card.due);
  const labels = card.idLabels.flatMap((id) => board.labels.find((label) => label.id === id) ?? []);
  const { files, links } = attachmentsOf(board, card);
  const made = board.actions.find(({ type, data }) => type === 'createCard' && data.card?.id === card.id);
  return {
    kind: 'task',
    key: card.id,
    where: whereOf(card),
    title: card.name,
    description: descriptionOf(card, links),
    author: made?.idMemberCreator,
    assignees: card.idMembers,
    labels: [
      ...(list === undefined ? [] : [{ name: list.name }]),
      ...labels.map(({ name, color }) => ({ name: name || (color ?? 'label'), color: colourOf(color) })),
    ],
    category: board.name,
    link: card.shortUrl,
    status,
    dueAt: due?.toISOString(),
    createdAt: madeAt(card.id, board.now),
    completedAt: status === 'completed' ? timeOf(card.dateLastActivity) : undefined,
    files,
    notes: [
      ...(isArchived ? ['was archived: is completed here'] : []),
      ...(card.due !== undefined && due === undefined ? [`is due ${card.due}, which is no time`] : []),
      ...notesOn(links),
      ...notesOnCard(card),
      ...(card.customFieldItems.length > 0 ? [`its ${card.customFieldItems.length} custom fields are not taken`] : []),
    ],
  };
}

/** What a task has no place for. */
function notesOnCard({ idMembersVoted, isTemplate }: TrelloCard): string[] {
  return [
    ...(idMembersVoted.length > 0 ? [`its ${idMembersVoted.length} votes are not imported`] : []),
    ...(isTemplate === true ? ['is a template: is a task here'] : []),
  ];
}

const whereOf = ({ name, id }: TrelloCard) => `card ${name === '' ? id : name.slice(0, 60)}`;

function descriptionOf(card: TrelloCard, attachments: readonly TrelloAttachment[]): string {
  const { address, desc, locationName, start } = card;
  const place = [locationName, address].filter((part) => part !== undefined && part !== '').join(', ');
  const about = [
    ...(timeOf(start) === undefined ? [] : [`Start: ${start?.slice(0, 10)}`]),
    ...(place === '' ? [] : [`Place: ${place}`]),
  ];
  const links = attachments.map(({ name, url }) => `- [${(name || url).replace(/[[\]]/g, '\\$&')}](${url})`);
  return [desc, about.join('\n'), ...(links.length > 0 ? [links.join('\n')] : [])]
    .filter((part) => part !== '')
    .join('\n\n');
}

/** Attachments in the export become files, as many as a task may get at once; the others become links. */
function attachmentsOf({ files }: Board, card: TrelloCard): { files: FileOfRow[]; links: TrelloAttachment[] } {
  const found: FileOfRow[] = [];
  const links: TrelloAttachment[] = [];
  for (const attachment of card.attachments) {
    const file = found.length < sizes.files ? files.find(card, attachment) : undefined;
    if (file === undefined) links.push(attachment);
    else found.push(file);
  }
  return { files: found, links };
}

function notesOn(links: readonly TrelloAttachment[]): string[] {
  const uploaded = links.filter(({ isUpload }) => isUpload === true);
  const others = links.length - uploaded.length;
  return [
    ...(others > 0 ? [`${others} of its attachments are links in the description`] : []),
    ...uploaded.map(({ name, url }) => `the file ${name || url} is not in the export: it is a link in the description`),
  ];
}

function* itemRows(board: Board, card: TrelloCard): Generator<Row, void> {
  const checklists = board.checklists
    .filter(({ idCard }) => idCard === card.id)
    .sort((one, other) => one.pos - other.pos);
  for (const checklist of checklists) {
    for (const item of [...checklist.checkItems].sort((one, other) => one.pos - other.pos)) {
      yield itemRow(board, { card, checklist: checklist.name, item, isOnly: checklists.length === 1 });
    }
  }
}

function itemRow(
  board: Board,
  { card, checklist, item, isOnly }: { card: TrelloCard; checklist: string; item: TrelloItem; isOnly: boolean },
): TaskRow {
  const isDone = item.state === 'complete';
  return {
    kind: 'task',
    key: item.id,
    where: `${whereOf(card)}, item ${item.name.slice(0, 60)}`,
    title: item.name,
    description: isOnly ? '' : checklist,
    assignees: item.idMember === undefined ? [] : [item.idMember],
    labels: [],
    category: board.name,
    status: isDone ? 'completed' : 'todo',
    dueAt: timeOf(item.due)?.toISOString(),
    parent: card.id,
    createdAt: madeAt(item.id, board.now),
    completedAt: isDone ? timeOf(card.dateLastActivity) : undefined,
  };
}

function* commentRows(board: Board, card: TrelloCard): Generator<Row, void> {
  const comments = board.actions
    .filter(({ type, data }) => type === 'commentCard' && data.card?.id === card.id)
    .sort((one, other) => (one.date < other.date ? -1 : 1));
  for (const comment of comments) yield commentRow(card, comment);
  const missing = (card.badges.comments ?? 0) - comments.length;
  if (missing > 0) {
    const key = `${card.id} comments`;
    yield leftOut(whereOf(card), `${missing} of its ${card.badges.comments} comments are not in the file`, key);
  }
}

function commentRow(card: TrelloCard, { data, date, id, idMemberCreator, memberCreator }: TrelloAction): CommentRow {
  return {
    kind: 'comment',
    key: id,
    where: `${whereOf(card)}, comment of ${date}`,
    task: card.id,
    author: idMemberCreator ?? memberCreator?.id,
    authorName: memberCreator?.fullName ?? memberCreator?.username,
    at: new Date(date),
    content: data.text ?? '',
  };
}

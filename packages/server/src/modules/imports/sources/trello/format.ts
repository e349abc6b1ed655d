import { z } from 'zod';
import { listOf, maybeFlag, maybeNumber, maybeText, texts } from '../../reading/lenient.ts';

const id = z.string().min(1).max(100);
const position = z.number().catch(0);

const trelloMember = z.object({ id, fullName: maybeText, username: maybeText });
const trelloLabel = z.object({ id, name: z.string().catch(''), color: maybeText });

const trelloAttachment = z.object({
  id: maybeText,
  name: maybeText,
  fileName: maybeText,
  mimeType: maybeText,
  isUpload: maybeFlag,
  url: z.string(),
});
export type TrelloAttachment = z.infer<typeof trelloAttachment>;

const trelloCard = z.object({
  id,
  idList: z.string().catch(''),
  name: z.string().catch(''),
  desc: z.string().catch(''),
  closed: maybeFlag,
  due: maybeText,
  start: maybeText,
  address: maybeText,
  locationName: maybeText,
  isTemplate: maybeFlag,
  idMembersVoted: texts,
  dueComplete: maybeFlag,
  dateLastActivity: maybeText,
  shortUrl: maybeText,
  pos: position,
  idMembers: texts,
  idLabels: texts,
  badges: z.object({ comments: maybeNumber }).catch({ comments: undefined }),
  attachments: listOf(trelloAttachment),
  customFieldItems: z.array(z.unknown()).catch([]),
});
export type TrelloCard = z.infer<typeof trelloCard>;

const trelloItem = z.object({
  id,
  name: z.string().catch(''),
  state: maybeText,
  due: maybeText,
  idMember: maybeText,
  pos: position,
});
export type TrelloItem = z.infer<typeof trelloItem>;

const trelloAction = z.object({
  id,
  type: z.string(),
  date: z.iso.datetime(),
  idMemberCreator: maybeText,
  memberCreator: z.object({ id, fullName: maybeText, username: maybeText }).optional().catch(undefined),
  data: z.object({ text: maybeText, card: z.object({ id }).optional().catch(undefined) }),
});
export type TrelloAction = z.infer<typeof trelloAction>;

/** The JSON export of a board. Fields that are not imported are omitted. */
export const trelloBoard = z.object({
  id,
  name: z.string().min(1),
  desc: z.string().catch(''),
  members: listOf(trelloMember),
  labels: listOf(trelloLabel),
  lists: listOf(z.object({ id, name: z.string().catch(''), closed: maybeFlag, pos: position })),
  cards: z.array(z.unknown()),
  checklists: listOf(
    z.object({ id, idCard: z.string(), name: z.string().catch(''), pos: position, checkItems: listOf(trelloItem) }),
  ),
  actions: listOf(trelloAction),
});
export type TrelloBoard = z.infer<typeof trelloBoard>;
export { trelloCard };

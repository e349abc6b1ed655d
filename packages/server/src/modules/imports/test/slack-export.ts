/** A time of a day in January in seconds, in Slack's format. */
export const ts = (day: number, seconds: number, order = 0) =>
  `${Date.UTC(2026, 0, day) / 1_000 + seconds}.${String(order).padStart(6, '0')}`;

const profile = (display_name: string, email?: string) => ({
  real_name: display_name,
  display_name,
  ...(email && { email }),
});
const channel = (id: string, name: string, more: object = {}) => ({
  id,
  name,
  created: Date.UTC(2026, 0, 1) / 1_000,
  creator: 'U0ANN',
  is_archived: false,
  is_general: false,
  members: ['U0ANN', 'U0BEN'],
  topic: { value: '', creator: '', last_set: 0 },
  purpose: { value: '', creator: '', last_set: 0 },
  ...more,
});

export const LONG = `${'A long report. '.repeat(2_000)}The end.`;

/**
 * A handwritten export in Slack's published format, with the oddities of real ones.
 * @param links the base URL of its linked files
 */
export function slackExport(links: { good: string; expired: string }): Record<string, string | Buffer> {
  const json = (value: unknown) => JSON.stringify(value, undefined, 4);
  return {
    'users.json': json([
      {
        id: 'U0ANN',
        team_id: 'T0',
        name: 'ann',
        deleted: false,
        is_owner: true,
        is_admin: true,
        tz: 'Europe/Berlin',
        profile: { ...profile('Ann', 'ann@example.org'), title: 'Gardener', phone: '+49 1', is_custom_image: true },
      },
      {
        id: 'U0BEN',
        team_id: 'T0',
        name: 'ben',
        deleted: false,
        tz: 'Nowhere/Land',
        profile: profile('Ben', 'ben@example.org'),
      },
      { id: 'U0CAT', team_id: 'T0', name: 'cat', deleted: false, profile: profile('Cat') },
      { id: 'U0DAN', team_id: 'T0', name: 'dan', deleted: true, profile: profile('Dan', 'dan@example.org') },
      {
        id: 'U0TWO',
        team_id: 'T0',
        name: 'cat2',
        deleted: false,
        is_restricted: true,
        profile: profile('Cat', 'other-cat@example.org'),
      },
      { id: 'U0BOT', team_id: 'T0', name: 'deploybot', deleted: false, is_bot: true, profile: profile('Deploy') },
      { name: 'nobody' },
    ]),
    'channels.json': json([
      channel('C0GEN', 'general', {
        is_general: true,
        topic: { value: 'All of us' },
        members: ['U0ANN', 'U0BEN', 'U0CAT', 'U0TWO', 'U0GONE'],
      }),
      channel('C0DAT', 'données_été', {
        is_archived: true,
        topic: { value: 'Sun' },
        purpose: { value: 'Plans of the summer' },
        pins: [
          { id: 'F0LOCAL1', type: 'F', created: 2 },
          { id: ts(2, 5), type: 'C', created: 1 },
        ],
      }),
      channel('C0NIL', 'no-folder'),
    ]),
    'groups.json': json([channel('G0SEC', 'secret', { creator: 'U0DAN', members: ['U0BEN', 'U0DAN'] })]),
    'dms.json': json([
      { id: 'D0AB', created: 1767225600, members: ['U0ANN', 'U0BEN'] },
      { id: 'D0SELF', created: 1767225600, members: ['U0BEN', 'U0BEN'] },
    ]),
    'mpims.json': json([channel('G0THREE', 'mpdm-ann--ben--cat-1', { members: ['U0ANN', 'U0BEN', 'U0CAT'] })]),
    'integration_logs.json': '[]',
    'canvases.json': json([{ id: 'F0CANVAS', title: 'Plans' }]),
    // The second day comes first, under an uninformative name.
    'general/latest.json': json([
      { type: 'message', user: 'U0ANN', text: 'the last', ts: ts(9, 50) },
      {
        type: 'message',
        subtype: 'thread_broadcast',
        user: 'U0BEN',
        text: 'for all: done',
        ts: ts(9, 20),
        thread_ts: ts(8, 10),
      },
      {
        type: 'message',
        subtype: 'thread_broadcast',
        user: 'U0BEN',
        text: 'for all: done',
        ts: ts(9, 20),
        thread_ts: ts(8, 10),
      },
    ]),
    'general/2026-01-08.json': json([
      { type: 'message', user: 'U0BEN', text: 'I do, <@U0ANN>', ts: ts(8, 20), thread_ts: ts(8, 10) },
      {
        type: 'message',
        user: 'U0ANN',
        text: 'Who waters the *roses* <@U0BEN> &amp; co? <!channel> <https://example.org/a|here>',
        ts: ts(8, 10),
        thread_ts: ts(8, 10),
        reactions: [
          { name: '+1::skin-tone-2', users: ['U0BEN', 'U0DAN'], count: 2 },
          { name: 'party_parrot', users: ['U0CAT'], count: 1 },
          { name: 'not an emoji!', users: ['U0CAT'], count: 1 },
        ],
      },
      { type: 'message', user: 'U0CAT', text: 'no address', ts: ts(8, 30) },
      { type: 'message', user: 'U0DAN', text: 'gone since', ts: ts(8, 31) },
      { type: 'message', user: 'U0LOST', text: 'in no list', ts: ts(8, 32), user_profile: { real_name: 'Lost Soul' } },
      {
        type: 'message',
        subtype: 'bot_message',
        bot_id: 'B0X',
        username: 'CI',
        text: '',
        attachments: [{ color: 'good', text: 'build is *green*' }],
        ts: ts(8, 33),
      },
      { type: 'message', subtype: 'group_join', user: 'U0BEN', text: '<@U0BEN> has joined the group', ts: ts(8, 34) },
      { type: 'message', user: 'U0BEN', text: 'root is lost', ts: ts(8, 35), thread_ts: ts(1, 1) },
      { type: 'message', user: 'U0ANN', text: LONG, ts: ts(8, 36) },
      {
        type: 'message',
        user: 'U0BEN',
        text: 'files',
        ts: ts(8, 37),
        files: [
          { id: 'F0LOCAL1', name: 'plan.txt', mimetype: 'text/plain' },
          { id: 'F0GOOD01', name: 'Génie 📎.txt', mimetype: 'text/plain', url_private_download: links.good },
          { id: 'F0OLD001', name: 'old.txt', mimetype: 'text/plain', url_private: links.expired },
          { id: 'F0GONE01', mode: 'tombstone' },
          { id: 'F0EVIL01', name: 'evil.txt', url_private: 'https://169.254.169.254/latest/meta-data' },
        ],
      },
      { type: 'message', user: 'U0BEN', text: 'no time' },
      'no message at all',
    ]),
    'general/2026-01-07.json': '[{"type": "message", "text": "cut off',
    '__uploads/F0LOCAL1/plan.txt': 'Water first',
    'données_été/2026-01-02.json': json([{ type: 'message', user: 'U0ANN', text: 'summer', ts: ts(2, 5) }]),
    'secret/2026-01-03.json': json([{ type: 'message', user: 'U0BEN', text: 'psst', ts: ts(3, 5) }]),
    'D0AB/2026-01-04.json': json([{ type: 'message', user: 'U0ANN', text: 'just us', ts: ts(4, 5) }]),
    'D0SELF/2026-01-04.json': json([{ type: 'message', user: 'U0BEN', text: 'to do', ts: ts(4, 6) }]),
    'mpdm-ann--ben--cat-1/2026-01-05.json': json([
      { type: 'message', user: 'U0CAT', text: 'three of us', ts: ts(5, 5) },
    ]),
    'unlisted/2026-01-06.json': json([
      { type: 'message', user: 'U0BEN', text: 'in no list of channels', ts: ts(6, 5) },
    ]),
  };
}

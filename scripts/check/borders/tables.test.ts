import { expect, it } from 'vitest';
import { foreignTables } from './tables.ts';

const SQL =
  'create table message (id uuid);\ncreate table account (id uuid);\ncreate view person as select id from account;';
const declare = (table: string) =>
  `declare module '../../tables.ts' {\n  interface Tables {\n    ${table}: Row;\n  }\n}`;
const file = (path: string, text: string) => ({ path: `packages/server/src/${path}`, text });
const owned = [
  file('modules/chat/rows/tables.ts', declare('message')),
  file('modules/identity/store.ts', declare('account')),
];
const complaints = (...files: { path: string; text: string }[]) => foreignTables([SQL], [...owned, ...files]);

it.each([
  'sql`select * from account where id = 1`',
  'sql`\n  select m.id\n  from message m\n  join account a on a.id = m.sender_id\n`',
  "db.selectFrom('account')",
  "db.selectFrom('message as m').innerJoin('account as a', 'a.id', 'm.sender_id')",
  'sql`delete from account`',
  "const KEPT = ['message', 'account'] as const",
])('refuses a table of another feature: %s', (text) => {
  expect(complaints(file('modules/chat/pins/store.ts', text))).toHaveLength(1);
});

it.each([
  'sql`select * from message join person p on p.id = message.sender_id`',
  "db.selectFrom('message as m')",
  'sql`select 1 -- not from account`',
  '// from account',
])('lets its own tables and all views pass: %s', (text) => {
  expect(complaints(file('modules/chat/pins/store.ts', text))).toEqual([]);
});

it('looks at stores alone: nothing else may hold SQL', () => {
  expect(complaints(file('modules/chat/pins/operations.ts', "const kind = 'account';"))).toEqual([]);
});

it('says where, what and what to do instead', () => {
  expect(complaints(file('modules/chat/pins/store.ts', '\nsql`select from account`'))).toEqual([
    'packages/server/src/modules/chat/pins/store.ts:2 names table account of identity: call its functions, or read a view of a migration',
  ]);
});

it('wants every table to have one owner', () => {
  expect(foreignTables([SQL], [owned[0] ?? file('', '')])).toEqual([
    expect.stringContaining('table account has no owner'),
  ]);
  expect(complaints(file('modules/search/store.ts', declare('message')))).toHaveLength(1);
  expect(complaints(file('modules/search/store.ts', declare('word')))).toEqual([
    'packages/server/src/modules/search/store.ts:3 declares word: no migration creates that table',
  ]);
});

it('forgets tables that a later migration drops', () => {
  expect(foreignTables([SQL, 'drop table account;'], owned)).toEqual([
    expect.stringContaining('no migration creates that table'),
  ]);
});

create table workspace (
  id uuid primary key,
  name text not null check (length(name) between 1 and 100),
  -- The account that this is the personal workspace of; everyone has one.
  personal_of uuid unique references account (id),
  version integer not null default 1 check (version >= 1),
  created_at timestamptz not null
);

create table membership (
  workspace_id uuid not null references workspace (id),
  account_id uuid not null references account (id),
  role text not null check (role in ('owner', 'admin', 'member', 'guest', 'customer')),
  joined_at timestamptz not null,
  primary key (workspace_id, account_id)
);

create index membership_account on membership (account_id, workspace_id);
create index membership_owner on membership (workspace_id) where role = 'owner';

-- Codes are kept readable on purpose: an admin may look at the current one again, and all that one opens is a role
-- below owner in one workspace.
create table join_code (
  -- Without dashes, in upper case.
  code text primary key check (code ~ '^[0-9A-HJKMNP-TV-Z]{12}$'),
  workspace_id uuid not null references workspace (id),
  -- `shared`: the one code of the workspace. `invite`: mailed to one person, works once.
  kind text not null check (kind in ('shared', 'invite')),
  role text not null check (role in ('admin', 'member', 'guest', 'customer')),
  expires_at timestamptz,
  max_uses integer check (max_uses >= 1),
  uses integer not null default 0,
  created_by uuid references account (id),
  created_at timestamptz not null,
  check (uses between 0 and coalesce(max_uses, uses)),
  check (kind = 'shared' or (max_uses = 1 and expires_at is not null))
);

create unique index join_code_shared on join_code (workspace_id) where kind = 'shared';
create index join_code_workspace on join_code (workspace_id, created_at);
create index join_code_created_by on join_code (created_by);

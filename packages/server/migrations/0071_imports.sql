-- What imports have made of each thing of a source: so they can go on after an interruption, and do nothing twice.
create table import_mapping (
  workspace_id uuid not null references workspace on delete cascade,
  -- The product that it comes from.
  source text not null check (char_length(source) <= 20),
  kind text not null check (char_length(kind) <= 20),
  -- What names it there.
  key text not null check (char_length(key) <= 200),
  -- What it became here.
  became uuid not null,
  primary key (workspace_id, source, kind, key)
);

-- The keys that sign access tokens, where the nodes of one instance share no directory: whoever reads this row can sign
-- in as anyone, like whoever reads the file in DATA_DIR/secrets that an instance on its own uses instead.
create table identity_secret (
  only_row boolean primary key default true check (only_row),
  content text not null check (octet_length(content) between 1 and 65536)
);

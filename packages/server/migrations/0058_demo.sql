-- The invented people of a demo workspace, who go with it.
create table demo_person (
  account_id uuid primary key references account on delete restrict,
  workspace_id uuid not null references workspace on delete restrict
);

create index demo_person_workspace on demo_person (workspace_id);

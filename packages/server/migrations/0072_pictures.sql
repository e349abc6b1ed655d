-- Pictures of people and of products. A picture of a person belongs to no workspace: it goes where they go, and with
-- their account. Until they use it as such, it is there for nobody else.
alter table attachment
  alter column workspace_id drop not null,
  add column is_avatar boolean not null default false,
  -- No foreign key: the products of a workspace go at once, and the job that clears its files comes later.
  add column product_id uuid,
  add check (workspace_id is not null or num_nonnulls(task_id, message_id, product_id) = 0),
  add check (not is_avatar or (workspace_id is null and stored and width is not null)),
  add check (product_id is null or (task_id is null and message_id is null and stored and width is not null));

create unique index attachment_avatar on attachment (uploader_id) where is_avatar;
create index attachment_own on attachment (uploader_id) where workspace_id is null;
create index attachment_product on attachment (product_id) where product_id is not null;
drop index attachment_unused;
create index attachment_unused on attachment (created_at)
  where task_id is null and message_id is null and product_id is null and not is_avatar;

-- What belongs to no workspace counts for none.
create or replace function add_file_usage() returns trigger language plpgsql as $$
begin
  insert into file_usage as u (workspace_id, files, bytes)
  select workspace_id, count(*), sum(bytes) from changed where workspace_id is not null
  group by workspace_id order by workspace_id
  on conflict (workspace_id) do update set files = u.files + excluded.files, bytes = u.bytes + excluded.bytes;
  return null;
end
$$;

drop trigger attachment_is_fixed on attachment;
create trigger attachment_is_fixed before update of workspace_id, bytes on attachment for each row
  when (new.workspace_id is distinct from old.workspace_id or new.bytes <> old.bytes) execute function refuse_row();

-- Until now the ids of files were taken unseen, and nothing could show them.
update product set images = jsonb_path_query_array(images, '$[*] ? (@.url != null)')
where jsonb_path_exists(images, '$[*] ? (@.url == null)');

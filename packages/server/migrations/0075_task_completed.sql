-- Lists of what was completed, the latest first.
create index task_completed on task (workspace_id, completed_at desc, id desc)
  where deleted_at is null and completed_at is not null;

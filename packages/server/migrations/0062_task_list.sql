-- Someone's own tasks are sorted and paged from these alone. The columns that lists are sorted and filtered by stand behind
-- wide ones in the table: reading each of a person's tasks there cost four times as much.
create index task_list on task (id) include (due_key, priority, rank, status, due_at, due_on) where deleted_at is null;
drop index task_created_by;
create index task_created_by on task (created_by, workspace_id) include (id, visibility);

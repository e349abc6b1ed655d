-- Each of several nodes shows a link for the first account when it starts, and all of them work.
alter table instance_setting add column setup_token_hashes bytea[] not null default '{}';
update instance_setting set setup_token_hashes = array[setup_token_hash] where setup_token_hash is not null;
alter table instance_setting drop column setup_token_hash;

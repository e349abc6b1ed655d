-- Signs the links that end mails to the person; made with the first such mail.
alter table notification_settings
  add column unsubscribe_key bytea check (octet_length(unsubscribe_key) = 32);

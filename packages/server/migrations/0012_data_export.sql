-- A link to a copy of one's own data is a link like those that are mailed.
alter table account_link drop constraint account_link_purpose_check;
alter table account_link add constraint account_link_purpose_check check (
  purpose in ('reset_password', 'reopen_sign_in', 'export')
);

-- Accounts at other providers that open accounts here, and sign-up that tells nobody which addresses are known.

create table identity (
  id uuid primary key,
  account_id uuid not null references account (id) on delete cascade,
  -- The provider by its own name, and the person there; both are stored exactly as they were given.
  issuer text not null,
  subject text not null,
  -- The address that the provider gave last: only to tell identities apart.
  email text,
  created_at timestamptz not null,
  last_used_at timestamptz not null,

  constraint identity_issuer_subject_key unique (issuer, subject),
  constraint identity_issuer_check check (char_length(issuer) between 1 and 512),
  constraint identity_subject_check check (char_length(subject) between 1 and 255),
  constraint identity_email_check check (char_length(email) between 3 and 254)
);

create index identity_account_id_idx on identity (account_id, id);

alter table instance_setting add column neutral_registration boolean not null default false;

-- Keeps the accounts of callers from being disabled, deleted or signed out until the transaction ends, and returns the
-- credentials (ids of sessions or API tokens) of those who are no longer signed in. Whatever ends a session or a token,
-- or disables an account, locks the account first.
--
-- A function, so that a statement that writes for many callers can include it, and volatile: what has ended is looked up
-- by a statement of its own behind the locks. The statement that takes the locks would see the earlier state.
--
-- Without `waits`, callers whose account is locked by somebody else are returned, too. Unknown sessions pass: calls by
-- the server itself have none.
create function hold_callers(accounts uuid[], credentials uuid[], are_tokens boolean[], waits boolean)
returns setof uuid language plpgsql volatile rows 1 as $$
declare
  active uuid[];
begin
  if waits then
    select coalesce(array_agg(held.id), '{}') into active from (
      select id from account where id = any (accounts) and deleted_at is null and disabled_at is null
      order by id for key share
    ) held;
  else
    select coalesce(array_agg(held.id), '{}') into active from (
      select id from account where id = any (accounts) and deleted_at is null and disabled_at is null
      order by id for key share skip locked
    ) held;
  end if;
  return query
    select caller.credential
    from unnest(accounts, credentials, are_tokens) as caller (account, credential, is_token)
    where caller.account <> all (active)
      or case
        when caller.is_token then not exists (select from api_token where id = caller.credential)
        else exists (select from session where id = caller.credential and revoked_at is not null)
      end;
end
$$;

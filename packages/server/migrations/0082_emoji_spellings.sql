-- Reactions that were stored before every spelling of an emoji was taken for the same one: U+FE0F follows the characters
-- that are shown as text otherwise, unless a skin tone does, and stands nowhere else. People who reacted with two spellings
-- of an emoji reacted once. Shortcodes stay as they are.
create function pg_temp.one_spelling(emoji text) returns text language sql immutable as $$
  select case
    when emoji like ':%' then emoji
    else regexp_replace(
      replace(emoji, U&'\FE0F', ''),
      -- Emoji that are not Emoji_Presentation, of Unicode 17.
      '(['
      || '\u0023\u002A\u0030-\u0039\u00A9\u00AE\u203C\u2049\u2122\u2139\u2194-\u2199\u21A9-\u21AA\u2328\u23CF'
      || '\u23ED-\u23EF\u23F1-\u23F2\u23F8-\u23FA\u24C2\u25AA-\u25AB\u25B6\u25C0\u25FB-\u25FC\u2600-\u2604'
      || '\u260E\u2611\u2618\u261D\u2620\u2622-\u2623\u2626\u262A\u262E-\u262F\u2638-\u263A\u2640\u2642'
      || '\u265F-\u2660\u2663\u2665-\u2666\u2668\u267B\u267E\u2692\u2694-\u2697\u2699\u269B-\u269C\u26A0\u26A7'
      || '\u26B0-\u26B1\u26C8\u26CF\u26D1\u26D3\u26E9\u26F0-\u26F1\u26F4\u26F7-\u26F9\u2702\u2708-\u2709'
      || '\u270C-\u270D\u270F\u2712\u2714\u2716\u271D\u2721\u2733-\u2734\u2744\u2747\u2763-\u2764\u27A1'
      || '\u2934-\u2935\u2B05-\u2B07\u3030\u303D\u3297\u3299\U0001F170-\U0001F171\U0001F17E-\U0001F17F'
      || '\U0001F202\U0001F237\U0001F321\U0001F324-\U0001F32C\U0001F336\U0001F37D\U0001F396-\U0001F397'
      || '\U0001F399-\U0001F39B\U0001F39E-\U0001F39F\U0001F3CB-\U0001F3CE\U0001F3D4-\U0001F3DF\U0001F3F3'
      || '\U0001F3F5\U0001F3F7\U0001F43F\U0001F441\U0001F4FD\U0001F549-\U0001F54A\U0001F56F-\U0001F570'
      || '\U0001F573-\U0001F579\U0001F587\U0001F58A-\U0001F58D\U0001F590\U0001F5A5\U0001F5A8'
      || '\U0001F5B1-\U0001F5B2\U0001F5BC\U0001F5C2-\U0001F5C4\U0001F5D1-\U0001F5D3\U0001F5DC-\U0001F5DE'
      || '\U0001F5E1\U0001F5E3\U0001F5E8\U0001F5EF\U0001F5F3\U0001F5FA\U0001F6CB\U0001F6CD-\U0001F6CF'
      || '\U0001F6E0-\U0001F6E5\U0001F6E9\U0001F6F0\U0001F6F3'
      || '])(?![\U0001F3FB-\U0001F3FF])',
      '\1' || U&'\FE0F',
      'g'
    )
  end
$$;

update message m
set reactions = spelled.reactions
from (
  select conversation_id, seq, jsonb_object_agg(emoji, people) as reactions
  from (
    select conversation_id, seq, pg_temp.one_spelling(stored.emoji) as emoji,
      jsonb_agg(distinct person order by person) as people
    from message
    cross join lateral jsonb_each(reactions) as stored (emoji, accounts)
    cross join lateral jsonb_array_elements(stored.accounts) as person
    where exists (select from jsonb_object_keys(reactions) as key where key <> pg_temp.one_spelling(key))
    group by conversation_id, seq, pg_temp.one_spelling(stored.emoji)
  ) as merged
  group by conversation_id, seq
) as spelled
where m.conversation_id = spelled.conversation_id and m.seq = spelled.seq;

-- Clients that come back read the same spellings in what they missed.
update event
set body = jsonb_set(body::jsonb, '{emoji}', to_jsonb(pg_temp.one_spelling(body ->> 'emoji')))::json
where type in ('reaction:added', 'reaction:removed') and body ->> 'emoji' <> pg_temp.one_spelling(body ->> 'emoji');

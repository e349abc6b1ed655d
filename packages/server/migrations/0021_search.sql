-- The index of everything that can be searched, filled from the log of events. What is true is elsewhere: all of this
-- can be thrown away and is built again.
create table search_entry (
  -- Of the message.
  id uuid primary key,
  -- Where it was said: the conversation.
  place_id uuid not null,
  author_id uuid not null,
  created_at timestamptz not null,
  -- Folded words, pairs of characters and marks such as `_link`, made by the program; without positions.
  terms tsvector not null
);

-- A short list of what is not sorted in yet: every search reads all of it.
create index search_entry_terms on search_entry using gin (terms) with (gin_pending_list_limit = 512);
create index search_entry_created_at on search_entry (created_at, id);
create index search_entry_place on search_entry (place_id);
create index search_entry_author on search_entry (author_id);

-- Every word of the entries that is long enough to be found by a part of it.
create table search_word (
  word text collate "C" primary key check (char_length(word) between 4 and 64),
  -- All threes of neighbouring characters.
  grams text[] not null
);

create index search_word_grams on search_word using gin (grams) with (gin_pending_list_limit = 512);

-- How far each stream has been read into the index.
create table search_position (
  stream text primary key check (length(stream) <= 64),
  seq bigint not null check (seq >= 0)
);

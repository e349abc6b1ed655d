-- Filled again from the messages: apostrophes, hyphens, vowel points and flags have other terms than before.
truncate search_entry, search_position;

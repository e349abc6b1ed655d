-- Parts of words are found by terms of the message itself. The list of all words is gone: it was one for all workspaces.
drop table search_word;
-- Filled again from the messages, with the new terms.
truncate search_entry, search_position;

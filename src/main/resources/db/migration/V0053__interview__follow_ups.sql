-- What a language model adds to questions, by their ids, where somebody asks for it: {"q_1": "..."}. Text alone.
alter table interviews add column follow_ups jsonb not null default '{}';

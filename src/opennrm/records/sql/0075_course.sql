-- How far each step of a case came, in coarse words beside the others of the copy. Rows from before
-- say that they are not counted yet, never that nothing happened, until `./run rebuild` fills them.
ALTER TABLE statistics.person
    ADD COLUMN first_decision text NOT NULL DEFAULT 'not_counted',
    ADD COLUMN formal_decision text NOT NULL DEFAULT 'not_counted',
    ADD COLUMN recovery text NOT NULL DEFAULT 'not_counted',
    ADD COLUMN permit text NOT NULL DEFAULT 'not_counted',
    ADD COLUMN safe_return text NOT NULL DEFAULT 'not_counted',
    ADD COLUMN proceedings text NOT NULL DEFAULT 'not_counted',
    ADD COLUMN liability text NOT NULL DEFAULT 'not_counted',
    ADD COLUMN protection text NOT NULL DEFAULT 'not_counted';

-- A draft is its team's own; the State reads it once it is asked for comments, and from then on.
stage IN ('comments', 'published', 'follow_up')

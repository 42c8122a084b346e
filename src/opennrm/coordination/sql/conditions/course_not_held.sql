-- A version of a course that was given stays as it was; what changes is a new version.
ref NOT IN (SELECT course_id FROM coordination_coursesession WHERE status = 'held')

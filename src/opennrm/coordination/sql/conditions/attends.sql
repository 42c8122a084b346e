-- Who was trained is known to herself, to her organisation and to who held the course.
account_id = (SELECT nrm.reader_account())
OR entry_id IN (SELECT ref FROM coordination_registerentry
                WHERE member_id = (SELECT nrm.reader_organisation()))

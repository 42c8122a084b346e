reply_id IN (SELECT ref FROM coordination_surveyreply)

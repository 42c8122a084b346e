(SELECT nrm.may_coordinate('surveys', 'write'))
AND reply_id IN (SELECT ref FROM coordination_surveyreply)

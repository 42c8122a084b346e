-- A version of a questionnaire does not change once a round uses it.
(SELECT nrm.may_coordinate('surveys', 'write'))
AND ref NOT IN (SELECT questionnaire_id FROM coordination_surveyround)

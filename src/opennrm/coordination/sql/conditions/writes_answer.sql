-- Answers are written before the reply is sent and the round is frozen: by who leads the reply, and
-- by who was asked to answer this question and has not approved the part yet.
reply_id IN (
    SELECT reply.ref FROM coordination_surveyreply AS reply
    JOIN coordination_surveyround AS round ON round.ref = reply.round_id
    WHERE reply.sent_at IS NULL AND round.frozen_on IS NULL AND (
        reply.organisation_id = (SELECT nrm.reader_organisation()) OR EXISTS (
            SELECT 1 FROM coordination_surveytask AS task
            WHERE task.reply_id = reply.ref
              AND task.organisation_id = (SELECT nrm.reader_organisation())
              AND (task.questions = '{}'
                   OR coordination_surveyanswer.question = ANY (task.questions))
              AND task.ref NOT IN (SELECT task_id FROM coordination_surveypart))))

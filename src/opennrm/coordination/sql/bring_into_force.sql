SELECT nrm.bring_into_force(%s)

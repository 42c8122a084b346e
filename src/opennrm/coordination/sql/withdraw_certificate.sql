SELECT nrm.withdraw_certificate(%s)

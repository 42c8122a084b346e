"""Which data go to whom, why and until when; how that is taken back; what may go without it."""

"""OpenNRM: the working system of a National Referral Mechanism against trafficking."""

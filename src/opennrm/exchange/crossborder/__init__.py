"""The cross-border referral: what two installations say to each other, signed and sealed."""

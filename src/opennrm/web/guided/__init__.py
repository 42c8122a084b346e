"""The guided path: contact, screening, consent and referral, one group of questions at a time."""

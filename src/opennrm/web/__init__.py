"""The pages: forms to use cases, refusals to messages, facts to screens; they decide nothing."""

"""Forms: one declaration gives the page, the kept values, the errors and the use case's input."""

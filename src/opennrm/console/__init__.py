"""Commands of `./run`: translate arguments into use cases and print what came of them."""

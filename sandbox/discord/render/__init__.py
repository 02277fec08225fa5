"""The nouns as Discord writes them in JSON."""

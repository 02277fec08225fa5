"""From an address to articles: fetch politely, parse, identify, say when to come back."""

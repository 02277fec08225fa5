"""What `python -m bot …` does besides running: each command in a file, speaking on standard output."""

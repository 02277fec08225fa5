"""The only folder where network, decisions and storage meet."""

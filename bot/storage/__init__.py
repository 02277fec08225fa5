"""The database, our only memory: one file a table family, rows in, values out."""

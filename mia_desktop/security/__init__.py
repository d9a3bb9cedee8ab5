"""Keeps what MIA remembers from everybody else: keys, the encrypted vault, sealed files, backups and the audit."""

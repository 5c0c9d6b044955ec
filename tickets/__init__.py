"""Tickets: blind RSA signatures (RFC 9474), by which a member is let in and nobody can tell which one."""

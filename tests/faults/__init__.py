"""What may go wrong, made on purpose: hostile addresses, servers and documents."""

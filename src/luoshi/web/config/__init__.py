"""How an installation is put together: options, Django's settings, addresses. Nothing imports it but the servers."""

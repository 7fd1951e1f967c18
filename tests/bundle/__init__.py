"""The bundle for a closed network: what is in it, what its install script refuses, and that all works where there is no network."""

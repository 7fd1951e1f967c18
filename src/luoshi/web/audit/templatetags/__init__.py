"""Words of the audit for its pages."""

"""A warehouse at a glance: one page of HTML that needs no network, each picture with its query and its caveat."""

"""Sites that need knowledge of their own, one declarative file each; most need none.

To add one: save a page of it (or an invented one of the same layout) as ``tests/cases/pages/sites/<name>.html`` with
the expected article in ``<name>.json``; write ``tasks/sites/<name>.py`` with ``RULES = SiteRules(hosts=…, title=…,
body=…, removed=…)``, where ``<name>`` is the host with underscores for dots; run ``pytest tests/sites``, which finds
both.
"""

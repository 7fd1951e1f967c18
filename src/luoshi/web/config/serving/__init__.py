"""``luoshi serve``: one command, no other service. Migrate, then keep three children alive: pages, background work, the clock.

``folder`` says whether the installation can be served at all, ``tables`` brings its database in step, ``processes`` is what a child runs,
``supervisor`` starts them, starts again the one that dies, and ends all in order.
"""

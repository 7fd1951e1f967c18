"""Many documents: a folder becomes a dataset of columns, and a dataset is asked.

    folder ──building.build──▶ dataset ──opening.opened──▶ Dataset ──pairs · duplicates · faults · tracking──▶ tables, charts

``reading`` is the work itself, a pure function of bytes; ``engines`` and ``cluster`` run it in processes or on a Dask cluster;
``dataset`` and ``merging`` write what it gives, so that a kill at any moment costs a second of work and no byte of the result.
"""

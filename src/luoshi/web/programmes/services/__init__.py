"""All writes of programmes: ``containers`` (programmes and parts), ``papers``, ``meetings``, ``decisions``, ``learning`` (studies, topics).

Every service is one transaction and one audit record, with the programme (or the meeting of the office alone) as context. Only supervisors of
the unit that keeps a programme or called a meeting write there.
"""

"""The working calendar of this office: days that the notices of a year say, on top of those that the program knows.

``selectors.working_calendar()`` is what everything in the web counts working days with. The system administrator enters each year's notice.
"""

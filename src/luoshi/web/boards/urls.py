"""Addresses of the boards."""

from django.urls import path

from luoshi.web.boards.views import battle, leader, plans, tables

urlpatterns = [
    path("", leader.board, name="board"),
    path("units/", tables.board_units, name="board_units"),
    path("map/", battle.board_map, name="board_map"),
    path("indicators/", plans.board_indicators, name="board_indicators"),
    path("documents/<int:pk>/", plans.board_document, name="board_document"),
    path("levels/", tables.board_levels, name="board_levels"),
]

"""What goes out as files and comes in as spreadsheets: exports of any view, the round trip through Excel, foreign tables, rosters of targets."""

"""How Finnish writes dates and times: the month in the partitive, a full stop in the time."""

DATE_FORMAT = "j.\N{NO-BREAK SPACE}E Y"
TIME_FORMAT = "G.i"
DATETIME_FORMAT = "j.\N{NO-BREAK SPACE}E Y \\k\\l\\o\N{NO-BREAK SPACE}G.i"
MONTH_DAY_FORMAT = "j.\N{NO-BREAK SPACE}E"

"""How Swedish writes dates and times. No-break spaces keep a day and its month on one line."""

DATE_FORMAT = "j\N{NO-BREAK SPACE}F Y"
TIME_FORMAT = "G:i"
DATETIME_FORMAT = "j\N{NO-BREAK SPACE}F Y \\k\\l.\N{NO-BREAK SPACE}G:i"
MONTH_DAY_FORMAT = "j\N{NO-BREAK SPACE}F"

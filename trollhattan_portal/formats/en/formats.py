"""How British English writes dates, with the 24-hour clock that Sweden uses."""

DATE_FORMAT = "j\N{NO-BREAK SPACE}F Y"
TIME_FORMAT = "G:i"
DATETIME_FORMAT = "j\N{NO-BREAK SPACE}F Y, G:i"
MONTH_DAY_FORMAT = "j\N{NO-BREAK SPACE}F"

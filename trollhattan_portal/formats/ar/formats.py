"""How Arabic is written in Sweden: European digits, and the decimal comma that stands around it."""

DATE_FORMAT = "j\N{NO-BREAK SPACE}F Y"
TIME_FORMAT = "G:i"
DATETIME_FORMAT = "j\N{NO-BREAK SPACE}F Y، الساعة\N{NO-BREAK SPACE}G:i"
MONTH_DAY_FORMAT = "j\N{NO-BREAK SPACE}F"
DECIMAL_SEPARATOR = ","
THOUSAND_SEPARATOR = "\N{NO-BREAK SPACE}"
NUMBER_GROUPING = 3

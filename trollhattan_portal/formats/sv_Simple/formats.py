"""What lättläst writes in another way than Swedish: no abbreviations."""

DATETIME_FORMAT = "j\N{NO-BREAK SPACE}F Y \\k\\l\\o\\c\\k\\a\\n\N{NO-BREAK SPACE}G:i"

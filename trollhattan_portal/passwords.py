"""What a password must be, said as short as a person who chooses one has time to read."""

from django.contrib.auth import password_validation


class UnlikeItsUser(password_validation.UserAttributeSimilarityValidator):
    def get_help_text(self):
        return "Inte likt ditt namn eller din e-postadress."


class Long(password_validation.MinimumLengthValidator):
    def get_help_text(self):
        return f"Minst {self.min_length}\N{NO-BREAK SPACE}tecken, gärna flera ord efter varandra."


class Uncommon(password_validation.CommonPasswordValidator):
    def get_help_text(self):
        return "Inte ett lösenord som många andra har."


class MoreThanFigures(password_validation.NumericPasswordValidator):
    def get_help_text(self):
        return "Inte bara siffror."

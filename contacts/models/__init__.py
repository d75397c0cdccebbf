from contacts.models.hours import Channel, OpeningHours, Weekday
from contacts.models.units import ContactFunction, ContactUnit, Helpline

__all__ = ["Channel", "ContactFunction", "ContactUnit", "Helpline", "OpeningHours", "Weekday"]

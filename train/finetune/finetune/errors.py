"""The one kind of error that is the user's to mend."""


class InputError(Exception):
    """Something in a recipe or a file is wrong; the message says what, where, and what to do."""

"""Help and about: a guide for each kind of user, and what is true of this installation."""

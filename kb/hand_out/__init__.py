"""Answers on paper: what a reader takes along into a mail, a report or a reference manager."""

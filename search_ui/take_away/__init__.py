"""Taking answers along: to the clipboard, as files, several in one dossier."""

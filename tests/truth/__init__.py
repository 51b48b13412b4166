"""What people see on the pages of real documents, to compare with what was read: see README.md beside this file."""

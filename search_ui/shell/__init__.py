"""What every request and reply has to pass, and what is put together here: all pages of the application."""
